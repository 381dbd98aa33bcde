import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { cleanup, render } from "@testing-library/preact";
import axe from "axe-core";
import { afterEach, expect, it } from "vitest";
import { Table, Tbody, Td, Th, Thead, Tr } from "./Table";

const src = resolve(import.meta.dirname, "..");
const sources = (form: RegExp) =>
  readdirSync(src, { recursive: true, encoding: "utf8" })
    .filter((path) => form.test(path) && !path.endsWith(".test.tsx"))
    .map((path) => ({ path, text: readFileSync(join(src, path), "utf8") }));

const RULE = /([^{}]+)\{([^{}]*)\}/g;
const OUT_OF_TABLE = /\b(display:\s*(?!none)|position:\s*absolute)/;
const ENDS_IN_PART = /^\.([\w-]+).*[\s>](thead|tbody|tr|th|td)(:[\w-]+(\([^)]*\))?|\[[^\]]*\]|\.[\w-]+)*$/;

/** Classes of tables of which some part is not laid out as one. */
const stacked = new Set(
  sources(/\.css$/).flatMap(({ text }) =>
    [...text.replaceAll(/\/\*[\s\S]*?\*\//g, "").matchAll(RULE)]
      .filter(([, , body]) => OUT_OF_TABLE.test(body ?? ""))
      .flatMap(([, selectors]) =>
        (selectors ?? "").split(",").map((one) => ENDS_IN_PART.exec(one.trim())?.[1]),
      )
      .filter((name) => name !== undefined),
  ),
);

afterEach(cleanup);

it("is what every table is made of whose parts the css lays out otherwise", () => {
  expect([...stacked].sort()).toEqual(["desk-table", "records", "shift-table"]);
  const silent = sources(/\.tsx$/).flatMap(({ path, text }) => {
    const own = [...text.matchAll(/<table\s[^>]*class="([^"]*)"/g)];
    const plain = own.filter(([, names]) => names?.split(" ").some((name) => stacked.has(name)));
    // A file with a table of its own besides has parts of its own.
    const parts =
      own.length === 0 && text.includes("ui/Table") ? text.matchAll(/<(thead|tbody|tr|th|td)\b/g) : [];
    return [...plain, ...parts].map(([found]) => `${path}: ${found}`);
  });
  expect(silent).toEqual([]);
});

it("says of each part what it is, whatever css makes of it", async () => {
  const { container } = render(
    <Table class="records">
      <caption>Poster</caption>
      <Thead>
        <Tr>
          <Th scope="col">När</Th>
          <Th scope="col">Vad</Th>
        </Tr>
      </Thead>
      <Tbody>
        <Tr>
          <Th scope="rowgroup" colSpan={2}>
            fredag
          </Th>
        </Tr>
        <Tr>
          <Th scope="row">21:10</Th>
          <Td>Klotter</Td>
        </Tr>
      </Tbody>
    </Table>,
  );
  const said = [...container.querySelectorAll("[role]")].map(
    (one) => `${one.localName} ${one.getAttribute("role")}`,
  );
  expect(said).toEqual([
    "table table",
    "thead rowgroup",
    "tr row",
    "th columnheader",
    "th columnheader",
    "tbody rowgroup",
    "tr row",
    "th rowheader",
    "tr row",
    "th rowheader",
    "td cell",
  ]);
  expect((await axe.run(container)).violations.map(({ id }) => id)).toEqual([]);
});
