import { useState } from "preact/hooks";
import { tr } from "../text/review";
import { ask } from "./ask";
import { PdfButton } from "./PdfButton";

interface Props {
  label: string;
  isOn: boolean;
  onTurn: (isOn: boolean) => void;
}

function Check({ label, isOn, onTurn }: Props) {
  return (
    <label class="paper-check">
      <input type="checkbox" checked={isOn} onChange={(event) => onTurn(event.currentTarget.checked)} />
      <span>{label}</span>
    </label>
  );
}

/** The log on paper: for whoever is outside without names and restricted records, unless it is said here. */
export function ShiftPaper({ id }: { id: string }) {
  const [names, setNames] = useState(false);
  const [restricted, setRestricted] = useState(false);
  return (
    <>
      <PdfButton take={() => ask.report(id, { names, restricted })} />
      <details class="paper-with">
        <summary>{tr("pdf_with")}</summary>
        <Check label={tr("pdf_names")} isOn={names} onTurn={setNames} />
        <Check label={tr("pdf_restricted")} isOn={restricted} onTurn={setRestricted} />
        <p class="quiet-words">{tr("pdf_with_hint")}</p>
      </details>
    </>
  );
}
