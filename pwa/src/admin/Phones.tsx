import { useState } from "preact/hooks";
import { Fetched } from "../review/Fetched";
import { useResource } from "../review/use-resource";
import { dateTime } from "../text";
import { ta } from "../text/admin";
import { Button, Empty, Section, Sheet } from "../ui";
import type { PhoneRow } from "./answers";
import { ask } from "./ask";
import { TroubleWords } from "./Told";
import { type Trouble, troubleOf } from "./useEdit";

const nameOf = (phone: PhoneRow) => phone.label || ta("phone_unnamed");

function stateOf({ revoked_at, revoked_by }: PhoneRow): string {
  if (revoked_at === null) return ta("phone_in_use");
  const time = dateTime(revoked_at);
  return revoked_by === null
    ? ta("phone_revoked", { time })
    : ta("phone_revoked_by", { time, name: revoked_by });
}

function Row({ phone, onRevoke }: { phone: PhoneRow; onRevoke: (() => void) | null }) {
  return (
    <tr class={phone.revoked_at === null ? undefined : "off"}>
      <th scope="row">{nameOf(phone)}</th>
      <td data-label={ta("phone_people")}>{phone.people.join(", ")}</td>
      <td data-label={ta("phone_used")}>{phone.signed_in_at === null ? "" : dateTime(phone.signed_in_at)}</td>
      <td data-label={ta("state")}>{stateOf(phone)}</td>
      {onRevoke ? (
        <td class="act">
          {phone.revoked_at === null ? (
            <Button tone="quiet" name={ta("revoke_who", { label: nameOf(phone) })} onPress={onRevoke}>
              {ta("revoke")}
            </Button>
          ) : null}
        </td>
      ) : null}
    </tr>
  );
}

interface AskProps {
  phone: PhoneRow;
  onClose: () => void;
}

/** It cannot be taken back, so it is asked. */
function RevokeSheet({ phone, onClose }: AskProps) {
  const [trouble, setTrouble] = useState<Trouble>("");
  const [isBusy, setBusy] = useState(false);
  const revoke = async () => {
    setBusy(true);
    try {
      await ask.revoke(phone.id);
      onClose();
    } catch (error) {
      setTrouble(troubleOf(error));
      setBusy(false);
    }
  };
  return (
    <Sheet title={ta("revoke_ask")} onClose={onClose}>
      <p>
        <strong>{nameOf(phone)}</strong> · {phone.people.join(", ")}
      </p>
      <p>{ta("phones_about")}</p>
      <TroubleWords trouble={trouble} />
      <div class="row equal">
        <Button onPress={onClose}>{ta("cancel")}</Button>
        <Button tone="danger" busy={isBusy} onPress={() => void revoke()}>
          {ta("revoke")}
        </Button>
      </div>
    </Sheet>
  );
}

/** Phones that somebody has signed in on. */
export function Phones({ mayEdit }: { mayEdit: boolean }) {
  const found = useResource("phones", ask.phones, ({ kinds }) => kinds.includes("device"));
  const [asked, setAsked] = useState<PhoneRow | null>(null);
  return (
    <Section title={ta("phones")}>
      <p class="quiet-words">{ta("phones_about")}</p>
      <Fetched resource={found}>
        {(phones) =>
          phones.length === 0 ? (
            <Empty title={ta("phones_none")} />
          ) : (
            <table class="desk-table">
              <caption class="sr-only">{ta("phones")}</caption>
              <thead>
                <tr>
                  <th scope="col">{ta("phone")}</th>
                  <th scope="col">{ta("phone_people")}</th>
                  <th scope="col">{ta("phone_used")}</th>
                  <th scope="col">{ta("state")}</th>
                  {mayEdit ? (
                    <th scope="col">
                      <span class="sr-only">{ta("revoke")}</span>
                    </th>
                  ) : null}
                </tr>
              </thead>
              <tbody>
                {phones.map((phone) => (
                  <Row key={phone.id} phone={phone} onRevoke={mayEdit ? () => setAsked(phone) : null} />
                ))}
              </tbody>
            </table>
          )
        }
      </Fetched>
      {asked ? (
        <RevokeSheet
          phone={asked}
          onClose={() => {
            setAsked(null);
            found.refresh();
          }}
        />
      ) : null}
    </Section>
  );
}
