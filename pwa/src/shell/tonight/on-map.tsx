import type { ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";
import { Answers, askedTonight, Question } from "./Questions";
import type { QuestionView } from "./rules";

/** The map knows nothing of a shift's questions: the shell hands in what is asked, and how it is answered. */
export async function loadHostMap() {
  const { default: MapScreen } = await import("../../map/MapScreen");
  function HostMap() {
    const views = askedTonight();
    const ids = views.map(({ question }) => question.id).join();
    // The same list as long as the same is asked: an answer must not move the map.
    const questions = useMemo(() => views.map(({ question }) => question), [ids]);
    const of = (id: string, show: (view: QuestionView) => ComponentChildren) => {
      const view = views.find(({ question }) => question.id === id);
      return view ? show(view) : null;
    };
    return (
      <MapScreen
        questions={questions}
        card={(id) => of(id, (view) => <Question view={view} />)}
        answers={(id) => of(id, (view) => <Answers view={view} />)}
      />
    );
  }
  return { default: HostMap };
}
