import { useState } from "preact/hooks";
import { ApiError } from "../api/index";
import { Fetched } from "../review/Fetched";
import { useResource } from "../review/use-resource";
import { tf } from "../text/find";
import { Button, Section, SubmitButton, TextField } from "../ui";
import { refusal, refusedBy } from "./refuse";
import { type Asked, askedOf, hrefOf } from "./rules";
import { dateOf, server } from "./server";

type State = { is: "idle" } | { is: "busy" } | { is: "saved" } | { is: "failed"; why: string };

function whyWords(error: unknown): string {
  const isFull = error instanceof ApiError && error.code === "find-full";
  return refusedBy(error) ?? tf(isFull ? "save_full" : "save_failed");
}

function SaveForm({ asked, onSaved }: { asked: Asked; onSaved: () => void }) {
  const [name, setName] = useState("");
  const [state, setState] = useState<State>({ is: "idle" });
  const save = async () => {
    if (name.trim() === "" || state.is === "busy") return;
    const why = refusal(name, asked.text);
    if (why) return setState({ is: "failed", why });
    setState({ is: "busy" });
    try {
      await server.keep(crypto.randomUUID(), name.trim(), asked);
      setState({ is: "saved" });
      setName("");
      onSaved();
    } catch (error) {
      setState({ is: "failed", why: whyWords(error) });
    }
  };
  return (
    <form
      class="find-save"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <TextField
        label={tf("save_name")}
        value={name}
        maxLength={80}
        error={state.is === "failed" ? state.why : undefined}
        onInput={(value) => {
          setName(value);
          if (state.is !== "busy") setState({ is: "idle" });
        }}
      />
      <SubmitButton busy={state.is === "busy"}>{tf("save_as")}</SubmitButton>
      <p role="status">{state.is === "saved" ? tf("saved_now") : ""}</p>
    </form>
  );
}

function Share() {
  const [told, setTold] = useState("");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(location.href);
      setTold(tf("shared"));
    } catch {
      setTold(tf("share_failed"));
    }
  };
  return (
    <>
      <Button tone="quiet" onPress={() => void copy()}>
        {tf("share")}
      </Button>
      <p role="status" class="quiet-words">
        {told}
      </p>
    </>
  );
}

/** One's own searches, kept on the server under a name; and the link to this one. */
export function SavedList({ asked }: { asked: Asked }) {
  const saved = useResource(
    "saved",
    (stop) => server.saved(stop),
    () => false,
  );
  const [failed, setFailed] = useState(false);
  const forget = async (id: string) => {
    try {
      await server.forget(id);
      setFailed(false);
    } catch {
      setFailed(true);
    }
    saved.refresh();
  };
  return (
    <Section title={tf("saved")}>
      <Fetched resource={saved}>
        {(all) =>
          all.length === 0 ? (
            <p class="quiet-words">{tf("saved_none")}</p>
          ) : (
            <ul class="find-saved">
              {all.map((one) => (
                <li key={one.id}>
                  <a href={hrefOf(askedOf(one.asked, dateOf))}>{one.name}</a>
                  <Button
                    tone="quiet"
                    name={tf("forget", { name: one.name })}
                    onPress={() => void forget(one.id)}
                  >
                    {tf("forget_word")}
                  </Button>
                </li>
              ))}
            </ul>
          )
        }
      </Fetched>
      {failed ? (
        <p class="field-error" role="alert">
          {tf("save_failed")}
        </p>
      ) : null}
      <SaveForm asked={asked} onSaved={saved.refresh} />
      <Share />
    </Section>
  );
}
