/** Where everything that a host does goes: sealed ops and drafts. The only door from a screen to the phone's store. */
export { add, type NewOp, SaveError } from "./add";
export { type Draft, drafts, dropDraft, loadDrafts, saveDraft } from "./drafts";
export { HOLD_MS, undoHeld } from "./held";
export { newId } from "./ids";
