import { useState } from "preact/hooks";
import { newId } from "../outbox";
import { attempt } from "../parse";
import { ta } from "../text/admin";
import { tk } from "../text/category";
import { named } from "../text/engine";
import { Chips, Select, Sheet, SubmitButton, TextField } from "../ui";
import { type CategoryGroup, type CategoryRow, categoryRow } from "./answers";
import { ask, type CategorySaid } from "./ask";
import { CATEGORY_WORDS, photosWord, protectionWord } from "./category-words";
import { History } from "./History";
import { Told, theirsWords } from "./Told";
import { type Editing, type Held, useEdit } from "./useEdit";

const NAME_MAX = 60;
/** What an own one may be: 3 is the restricted circle, which the product alone draws. */
const PROTECTIONS = [1, 2];

export function heldCategory(found: CategoryRow): Held<CategorySaid> {
  const { group, sv, en, protection, photos, active } = found;
  return { version: found.version, value: { group, sv, en, protection, photos, active } };
}

const blank = (groups: readonly CategoryGroup[]): Held<CategorySaid> => ({
  version: null,
  value: { group: groups[0]?.code ?? "", sv: "", en: "", protection: 1, photos: false, active: true },
});

type Form = Editing<CategorySaid>;

function wrongWords(form: Form, member: keyof CategorySaid): string | undefined {
  const at = form.wrong.indexOf(member);
  if (at < 0) return undefined;
  const code = form.codes[at];
  if (code === "same-name") return tk("same_name");
  return code === "full" ? tk("full") : ta("wrong_field");
}

/** What can be said once: it decides what every record of it means. */
function Kind({ form, groups }: { form: Form; groups: readonly CategoryGroup[] }) {
  const { value } = form;
  return (
    <>
      <Select
        label={tk("group")}
        value={value.group}
        options={groups.map((one) => ({ value: one.code, label: named(one) }))}
        onChange={(group) => form.change({ group })}
        error={wrongWords(form, "group")}
      />
      <Select
        label={tk("protection")}
        value={String(value.protection)}
        options={PROTECTIONS.map((one) => ({ value: String(one), label: protectionWord(one) }))}
        onChange={(protection) => form.change({ protection: Number(protection) })}
        error={wrongWords(form, "protection")}
      />
      <p class="hint">{`${tk("code_about")} ${tk("fixed")}`}</p>
    </>
  );
}

interface Props {
  /** Null: a new one. */
  found: CategoryRow | null;
  /** Those that take own ones. */
  groups: readonly CategoryGroup[];
  mayEdit: boolean;
  onClose: () => void;
}

/** An own one: its names, whether it takes photos, and once what kind it is. */
function OwnForm({ found, groups, onClose }: Omit<Props, "mayEdit">) {
  const [id] = useState(() => found?.id ?? newId());
  const form = useEdit<CategorySaid>(found === null ? blank(groups) : heldCategory(found), (body) => {
    const there = attempt(categoryRow, body);
    return there && heldCategory(there);
  });
  const { value } = form;
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void form
          .save((said, based_on) => ask.saveCategory(id, based_on, said))
          .then((stored) => {
            if (stored) onClose();
          });
      }}
    >
      {(["sv", "en"] as const).map((member) => (
        <TextField
          key={member}
          label={tk(`name_${member}`)}
          value={value[member]}
          hint={theirsWords(form.theirs(member))}
          error={wrongWords(form, member)}
          maxLength={NAME_MAX}
          onInput={(said) => form.change({ [member]: said })}
        />
      ))}
      {found === null ? <Kind form={form} groups={groups} /> : null}
      <Chips
        legend={tk("photos")}
        choices={[
          { value: "yes", label: photosWord(true) },
          { value: "no", label: photosWord(false) },
        ]}
        value={value.photos ? "yes" : "no"}
        onChange={(chosen) => {
          if (chosen !== null) form.change({ photos: chosen === "yes" });
        }}
      />
      <Told form={form} />
      <div class="row">
        <SubmitButton tone="main" busy={form.isBusy}>
          {ta("save")}
        </SubmitButton>
      </div>
    </form>
  );
}

function Facts({ found }: { found: CategoryRow }) {
  return (
    <p class="quiet-words">
      {[found.code, protectionWord(found.protection), photosWord(found.photos)].join(" · ")}
    </p>
  );
}

/** One category: what it is, who changed it, and for one's own its names. */
export function CategoryForm({ found, groups, mayEdit, onClose }: Props) {
  return (
    <Sheet title={found === null ? tk("new") : named(found)} onClose={onClose}>
      {found === null ? null : <Facts found={found} />}
      {mayEdit && (found === null || found.own) ? (
        <OwnForm found={found} groups={groups} onClose={onClose} />
      ) : null}
      {found === null ? null : <History of="categories" id={found.id} words={CATEGORY_WORDS} />}
    </Sheet>
  );
}
