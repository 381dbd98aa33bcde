/** The earlier wordings of a corrected observation, oldest first. Pure. */
import type { ObservationContent, ObservationValue } from "../store/types";

export interface Correction {
  id: string;
  author_id: string;
  stated_at: string;
  reason: string;
}

export interface Version {
  /** The correction that put an end to this wording. */
  by: Correction;
  content: ObservationContent;
}

export interface History {
  corrections: Correction[];
  older: Version[];
}

/** Revisions are every wording there has been, in order: the original first, the one in force last. */
export function history({ id, revisions }: Pick<ObservationValue, "id" | "revisions">): History {
  const corrections = revisions.filter((revision) => revision.id !== id);
  const older = revisions.flatMap((revision, i) => {
    const by = revisions[i + 1];
    return by ? [{ by, content: revision.observation }] : [];
  });
  return { corrections, older };
}
