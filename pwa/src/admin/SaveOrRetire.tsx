import type { ComponentChildren } from "preact";
import { ta } from "../text/admin";
import { Button, SubmitButton } from "../ui";

interface Props {
  isBusy: boolean;
  isNew: boolean;
  isActive: boolean;
  /** Saved at once, with what has been typed. */
  onActive: (active: boolean) => void;
  /** What else can be done with one that is there. */
  children?: ComponentChildren;
}

/** The end of a form for what is never deleted: taken out of use, and back. */
export function SaveOrRetire({ isBusy, isNew, isActive, onActive, children }: Props) {
  return (
    <div class="row">
      <SubmitButton tone="main" busy={isBusy}>
        {ta("save")}
      </SubmitButton>
      {isNew ? null : (
        <>
          {children}
          <Button tone={isActive ? "danger" : "plain"} busy={isBusy} onPress={() => onActive(!isActive)}>
            {ta(isActive ? "retire" : "restore")}
          </Button>
        </>
      )}
    </div>
  );
}
