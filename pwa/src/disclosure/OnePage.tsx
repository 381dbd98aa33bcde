import back from "lucide-static/icons/arrow-left.svg?raw";
import flag from "lucide-static/icons/flag.svg?raw";
import printer from "lucide-static/icons/printer.svg?raw";
import { DeskPage } from "../review/DeskPage";
import { Fetched } from "../review/Fetched";
import { PdfButton } from "../review/PdfButton";
import { DISCLOSURES } from "../review/routes";
import { useResource } from "../review/use-resource";
import { td } from "../text/disclosure";
import { Banner, Button, LinkButton, Section } from "../ui";
import type { Made } from "./answers";
import { ask } from "./ask";
import { Extract } from "./Extract";
import { makeOfHref } from "./routes";
import { numberWords, statedWords, toWords } from "./words";

function Facts({ made }: { made: Made }) {
  const facts = [
    [td("to"), toWords(made.to)],
    [td("recipient"), made.recipient],
    [td("reference"), made.reference],
    [td("when"), statedWords(made.stated_at)],
    [td("author"), made.author.name ?? td("someone")],
    [td("positions"), td(made.positions ? "positions_in" : "positions_out")],
  ];
  return (
    <dl class="disclosure-facts">
      {facts.map(([name, said]) =>
        said ? (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{said}</dd>
          </div>
        ) : null,
      )}
    </dl>
  );
}

/** What was handed out stays; that it no longer holds is told beside it, and can be handed out anew. */
function Since({ made }: { made: Made }) {
  if (made.corrected === 0) return <p class="quiet-words">{td("corrected_none")}</p>;
  const corrected = made.items.filter((record) => record.is_corrected);
  const open = corrected.filter((record) => !record.closed).map(({ id }) => id);
  const closed = corrected.length - open.length;
  return (
    <Banner
      tone="note"
      icon={flag}
      action={
        open.length > 0 ? (
          <LinkButton href={makeOfHref(open)}>{td("hand_out_correction")}</LinkButton>
        ) : undefined
      }
    >
      <strong>{td("corrected_since", { n: made.corrected })}</strong>
      {closed > 0 ? <p>{td("corrected_closed", { n: closed })}</p> : null}
    </Banner>
  );
}

function One({ made }: { made: Made }) {
  return (
    <article class="disclosure">
      <Since made={made} />
      <Facts made={made} />
      <Section title={td("decision")}>
        <p class="disclosure-said">{made.hidden ? td("words_hidden") : made.decision || td("no_words")}</p>
      </Section>
      <Section title={td("handed_out")}>
        <p class="quiet-words">{td("records_n", { n: made.records })}</p>
        <Extract items={made.items} />
      </Section>
    </article>
  );
}

/** One disclosure, as it was made. */
export function OnePage({ id }: { id: string }) {
  const found = useResource(
    id,
    (stop) => ask.one(id, stop),
    ({ kinds }) => kinds.includes("observation"),
  );
  const loaded = found.loaded.value;
  const number = loaded.state === "ready" || loaded.state === "stale" ? numberWords(loaded.data) : "…";
  return (
    <DeskPage
      title={td("one", { number })}
      lead={
        <LinkButton tone="quiet" icon={back} href={DISCLOSURES}>
          {td("to_list")}
        </LinkButton>
      }
      action={
        <>
          <PdfButton take={() => ask.extract(id)} />
          <Button icon={printer} onPress={() => window.print()}>
            {td("print")}
          </Button>
        </>
      }
    >
      <Fetched resource={found} missing={td("one_missing")}>
        {(made) => <One made={made} />}
      </Fetched>
    </DeskPage>
  );
}
