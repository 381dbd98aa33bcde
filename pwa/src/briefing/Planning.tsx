import { newId } from "../outbox";
import { DeskPage } from "../review/DeskPage";
import { Fetched } from "../review/Fetched";
import { usePages } from "../review/pages";
import { useResource } from "../review/use-resource";
import { tfo } from "../text/focus";
import { Empty, LinkButton, route, Section } from "../ui";
import { ask } from "./ask";
import { BriefingCard } from "./BriefingCard";
import { Earlier } from "./Earlier";
import { EditorPage } from "./EditorPage";
import { editHref } from "./routes";
import "./briefing.css";

const concerns = ({ kinds }: { kinds: string[] }) => kinds.includes("briefing");

function Overview() {
  const coming = useResource(
    "coming",
    ask.coming,
    (change) => concerns(change) || change.kinds.includes("shift"),
  );
  const earlier = usePages((pages, stop) => ask.earlier((page) => page >= pages, stop), concerns);
  return (
    <DeskPage
      title={tfo("title")}
      action={
        <LinkButton tone="main" href={editHref(newId())}>
          {tfo("new")}
        </LinkButton>
      }
    >
      <Section title={tfo("coming")}>
        <Fetched resource={coming}>
          {(found) =>
            found.length === 0 ? (
              <Empty title={tfo("none")}>
                <p>{tfo("none_why")}</p>
              </Empty>
            ) : (
              <div class="briefings">
                {found.map((one) => (
                  <BriefingCard key={one.id} briefing={one} onChanged={coming.refresh} />
                ))}
              </div>
            )
          }
        </Fetched>
      </Section>
      <Section title={tfo("earlier")}>
        <Fetched resource={earlier.found}>
          {(page) => <Earlier {...page} busy={earlier.busy} onMore={earlier.more} />}
        </Fetched>
      </Section>
    </DeskPage>
  );
}

/** What the next evenings are to look at: written here, read on the phones. */
export default function Planning() {
  const [, what, id] = route.value.path;
  return what === "skriv" && id ? <EditorPage key={id} id={id} query={route.value.query} /> : <Overview />;
}
