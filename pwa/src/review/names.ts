/** Codes and ids as the words that people know; what is unknown is said to be unknown, never dropped. */
import type { Code } from "../store/types";
import { dateTime, named, timeIn } from "../text";
import { tr } from "../text/review";
import type { CrewMember, Reference } from "./types";

export interface Names {
  category(code: string): string;
  service(code: string): string;
  outcome(code: string): string;
  count(code: string): string;
  ages(code: string): string;
  certainty(code: string): string;
  action(code: string): string;
  severity(code: number): string;
  place(id: string): string;
  person(id: string): string;
  /** With its day, where that is not the shift's own evening and night. */
  time(iso: string): string;
}

function lookup(list: readonly Code[] | undefined): (code: string) => string {
  return (code) => {
    const found = list?.find((item) => item.code === code);
    return found ? named(found) : tr("unknown_code", { code });
  };
}

/** @param evening of the shift that is spoken of */
export function names(
  reference: Reference | null,
  crew: readonly CrewMember[],
  evening: string | null = null,
): Names {
  const words = reference?.vocabulary;
  const people = [...crew, ...(reference?.users ?? [])];
  return {
    category: lookup(words?.categories),
    service: lookup(words?.services),
    outcome: lookup(words?.outcomes),
    count: lookup(words?.count_bands),
    ages: lookup(words?.age_bands),
    certainty: lookup(words?.certainties),
    action: lookup(words?.actions),
    severity: (code) => {
      const found = words?.severities.find((item) => item.code === code);
      return found ? named(found) : tr("unknown_code", { code });
    },
    place: (id) => reference?.places.find((place) => place.id === id)?.name ?? tr("unknown_place"),
    person: (id) => people.find((person) => person.id === id)?.name || tr("unknown_person"),
    time: (iso) => (evening === null ? dateTime(iso) : timeIn(iso, evening)),
  };
}
