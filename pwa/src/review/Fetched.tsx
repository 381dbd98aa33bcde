import type { ComponentChildren } from "preact";
import { timeNear } from "../text";
import { tr } from "../text/review";
import { Banner, Button, ErrorView, Loading } from "../ui";
import { minute_ms } from "./desk-state";
import type { Resource } from "./load";
import { SIGN_IN } from "./routes";

interface Props<T> {
  resource: Resource<T>;
  /** What is said of one that is not there, or not for the reader. */
  missing?: string;
  children: (data: T) => ComponentChildren;
}

function SignInLink() {
  return (
    <p>
      <a href={SIGN_IN}>{tr("to_signin")}</a>
    </p>
  );
}

/** Loading, failed, stale or fresh: what is shown always says which. */
export function Fetched<T>({ resource, missing, children }: Props<T>) {
  const loaded = resource.loaded.value;
  if (loaded.state === "loading") return <Loading />;
  if (loaded.state === "error")
    return (
      <ErrorView onRetry={resource.refresh}>
        {loaded.problem === "not_found" && missing ? missing : tr(loaded.problem)}
        {loaded.problem === "signin" ? <SignInLink /> : null}
      </ErrorView>
    );
  return (
    <>
      {loaded.state === "stale" ? (
        <Banner tone="calm" action={<Button onPress={resource.refresh}>{tr("retry")}</Button>}>
          {tr("stale", { time: timeNear(new Date(loaded.at_ms).toISOString(), minute_ms.value) })}
          {loaded.problem === "offline" ? null : ` ${tr(loaded.problem)}`}
          {loaded.problem === "signin" ? <SignInLink /> : null}
        </Banner>
      ) : null}
      {children(loaded.data)}
    </>
  );
}
