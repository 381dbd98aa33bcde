/** What the screens of this tab have been told of saves: what is still the form's own. */

/** Saves under way in this tab, by id: a double tap waits for the first. */
export const underWay = new Map<string, Promise<unknown>>();
/** Ids whose save was told to have failed: only their rows may be written over. */
export const toldNotSaved = new Set<string>();

/** True while a form still holds this op's text: no copy of it may go out behind its back. */
export const isWithForm = (id: string): boolean => toldNotSaved.has(id) || underWay.has(id);
