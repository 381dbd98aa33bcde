/** Addresses of the disclosure register. */
import { type Asked, hrefOf } from "../find/rules";
import { DISCLOSURES } from "../review/routes";

export const disclosureHref = (id: string) => `${DISCLOSURES}/${id}`;

/** Of what a search finds. Its words stand in the address as they do on its own page: no server is sent them so. */
export function makeHref(asked: Asked): string {
  const query = hrefOf({ ...asked, view: "list" }).split("?")[1];
  return query ? `${DISCLOSURES}/ny?${query}` : `${DISCLOSURES}/ny`;
}

export const makeOfHref = (ids: readonly string[]) => `${DISCLOSURES}/ny?ids=${ids.join()}`;

const ID = /^[0-9a-f-]{36}$/;

/** Null where a search is asked for. */
export function idsIn(query: URLSearchParams): string[] | null {
  return (
    query
      .get("ids")
      ?.split(",")
      .filter((id) => ID.test(id)) ?? null
  );
}
