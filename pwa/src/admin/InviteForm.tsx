import { useState } from "preact/hooks";
import { ta } from "../text/admin";
import { Select, Sheet, SubmitButton, TextField } from "../ui";
import type { Invited } from "./answers";
import { ask } from "./ask";
import { roleOptions } from "./PersonForm";
import { Told } from "./Told";
import { useEdit } from "./useEdit";

interface Props {
  onClose: () => void;
  onInvited: (name: string, invited: Invited) => void;
}

const NOBODY = { username: "", name: "", role: "host" };

/** A newcomer: a name, a user name, a role; the password is the newcomer's own business. */
export function InviteForm({ onClose, onInvited }: Props) {
  const [opened] = useState({ version: null, value: NOBODY });
  const form = useEdit(opened, () => null);
  const save = () =>
    form.save(async (said) => {
      onInvited(said.name.trim(), await ask.invite({ ...said, name: said.name.trim() }));
    });
  return (
    <Sheet title={ta("person_new")} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <TextField
          label={ta("name")}
          hint={ta("name_hint")}
          value={form.value.name}
          maxLength={80}
          onInput={(name) => form.change({ name })}
          error={form.wrong.includes("name") ? ta("wrong_field") : undefined}
        />
        <TextField
          label={ta("username")}
          hint={ta("username_hint")}
          value={form.value.username}
          maxLength={60}
          verbatim
          onInput={(username) => form.change({ username: username.trim().toLowerCase() })}
          error={form.wrong.includes("username") ? ta("wrong_field") : undefined}
        />
        <Select
          label={ta("role")}
          value={form.value.role}
          options={roleOptions()}
          onChange={(role) => form.change({ role })}
        />
        <Told form={form} />
        <SubmitButton tone="main" busy={form.isBusy}>
          {ta("invite")}
        </SubmitButton>
      </form>
    </Sheet>
  );
}
