import { useState } from "preact/hooks";
import { ta } from "../text/admin";
import { Banner } from "../ui";
import { TroubleWords } from "./Told";
import { type Trouble, troubleOf } from "./useEdit";

/** A row that is changed by one tap in its list, without a form. */
export function useRow(refresh: () => void) {
  const [trouble, setTrouble] = useState<Trouble>("");
  const save = async (write: () => Promise<unknown>) => {
    try {
      await write();
      setTrouble("");
    } catch (error) {
      // Somebody else was first: what is there now is fetched and shown, and nothing of this tap was written.
      setTrouble(troubleOf(error));
    }
    refresh();
  };
  const told = (
    <>
      <TroubleWords trouble={trouble} />
      {trouble === "changed" ? <Banner tone="note">{ta("others")}</Banner> : null}
    </>
  );
  return { save, told };
}
