import { useState } from "preact/hooks";
import { attempt, flag, maybe, number, object, text } from "../parse";
import { ta } from "../text/admin";
import { Button, Section, Select, Sheet, SubmitButton, TextField } from "../ui";
import type { Invited, PersonRow } from "./answers";
import { ask, type ContactSaid, type PersonSaid } from "./ask";
import { History } from "./History";
import { Told, TroubleWords, theirsWords } from "./Told";
import { type Held, type Trouble, troubleOf, useEdit } from "./useEdit";
import { PERSON_WORDS, ROLES, roleWord } from "./words";

const personNow = object({ name: text, role: text, active: flag, version: number });
const contactNow = object({ email: maybe(text), mobile: maybe(text), version: number });

/** Apart from its version, what is there now. */
function held<T extends { version: number }>(found: T | null): Held<Omit<T, "version">> | null {
  if (found === null) return null;
  const { version, ...value } = found;
  return { version, value };
}

export const roleOptions = () => ROLES.map((role) => ({ value: role, label: roleWord(role) }));

function Contact({ person }: { person: PersonRow }) {
  const { email = null, mobile = null, version = null } = person.contact ?? {};
  const form = useEdit<ContactSaid>({ version, value: { email, mobile } }, (body) =>
    held(attempt(contactNow, body)),
  );
  const [isSaved, setSaved] = useState(false);
  const change = (part: Partial<ContactSaid>) => {
    setSaved(false);
    form.change(part);
  };
  return (
    <Section title={ta("contact")}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void form.save((said, based_on) => ask.saveContact(person.id, based_on, said)).then(setSaved);
        }}
      >
        <p class="quiet-words">{ta("contact_about")}</p>
        <TextField
          label={ta("email")}
          value={form.value.email ?? ""}
          verbatim
          onInput={(said) => change({ email: said.trim() || null })}
          hint={theirsWords(form.theirs("email"))}
          error={form.wrong.includes("email") ? ta("wrong_field") : undefined}
        />
        <TextField
          label={ta("mobile")}
          value={form.value.mobile ?? ""}
          inputMode="tel"
          onInput={(said) => change({ mobile: said || null })}
          hint={theirsWords(form.theirs("mobile"))}
          error={form.wrong.includes("mobile") ? ta("wrong_field") : undefined}
        />
        <Told form={form} />
        <div class="row">
          <SubmitButton busy={form.isBusy}>{ta("contact_save")}</SubmitButton>
          <span role="status">{isSaved ? ta("saved") : ""}</span>
        </div>
      </form>
    </Section>
  );
}

interface Props {
  person: PersonRow;
  onClose: () => void;
  onSaved: () => void;
  onInvited: (invited: Invited) => void;
}

/** One person: name, role, in or out, a new link, addresses, and what was changed before. */
export function PersonForm({ person, onClose, onSaved, onInvited }: Props) {
  const { id, name, role, active, version } = person;
  const form = useEdit<PersonSaid>({ version, value: { name, role, active } }, (body) =>
    held(attempt(personNow, body)),
  );
  const [trouble, setTrouble] = useState<Trouble>("");
  const save = async (part: Partial<PersonSaid> = {}) => {
    const isSaved = await form.save((said, based_on) => ask.savePerson(id, based_on, { ...said, ...part }));
    if (isSaved) onSaved();
  };
  const reset = async () => {
    try {
      onInvited(await ask.inviteAgain(id));
    } catch (error) {
      setTrouble(troubleOf(error));
    }
  };
  const otherRole = form.theirs("role");
  return (
    <Sheet title={ta("edit_who", { name })} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <TextField
          label={ta("name")}
          value={form.value.name}
          maxLength={80}
          onInput={(said) => form.change({ name: said })}
          hint={theirsWords(form.theirs("name"))}
          error={form.wrong.includes("name") ? ta("wrong_field") : undefined}
        />
        <Select
          label={ta("role")}
          value={form.value.role}
          options={roleOptions()}
          onChange={(said) => form.change({ role: said })}
          hint={theirsWords(otherRole && roleWord(otherRole))}
        />
        <Told form={form} />
        <SubmitButton tone="main" busy={form.isBusy}>
          {ta("save")}
        </SubmitButton>
      </form>
      <Contact person={person} />
      <Section title={ta("state")}>
        {form.value.active ? (
          <div class="stack">
            <p class="quiet-words">{ta("reset_about")}</p>
            <div class="row">
              <Button onPress={() => void reset()}>{ta("reset")}</Button>
            </div>
            <p class="quiet-words">{ta("disable_about")}</p>
            <div class="row">
              <Button tone="danger" busy={form.isBusy} onPress={() => void save({ active: false })}>
                {ta("disable")}
              </Button>
            </div>
          </div>
        ) : (
          <div class="row">
            <Button busy={form.isBusy} onPress={() => void save({ active: true })}>
              {ta("enable")}
            </Button>
          </div>
        )}
        <TroubleWords trouble={trouble} />
      </Section>
      <History of="people" id={id} words={PERSON_WORDS} />
    </Sheet>
  );
}
