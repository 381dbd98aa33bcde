import { useState } from "preact/hooks";
import { Fetched } from "../review/Fetched";
import { useResource } from "../review/use-resource";
import { dateTime } from "../text";
import { ta } from "../text/admin";
import { Button, Empty, Section, Sheet } from "../ui";
import { Table, Tbody, Td, Th, Thead, Tr } from "../ui/Table";
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
    <Tr class={phone.revoked_at === null ? undefined : "off"}>
      <Th scope="row">{nameOf(phone)}</Th>
      <Td data-label={ta("phone_people")}>{phone.people.join(", ")}</Td>
      <Td data-label={ta("phone_used")}>{phone.signed_in_at === null ? "" : dateTime(phone.signed_in_at)}</Td>
      <Td data-label={ta("state")}>{stateOf(phone)}</Td>
      {onRevoke ? (
        <Td class="act">
          {phone.revoked_at === null ? (
            <Button tone="quiet" name={ta("revoke_who", { label: nameOf(phone) })} onPress={onRevoke}>
              {ta("revoke")}
            </Button>
          ) : null}
        </Td>
      ) : null}
    </Tr>
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
            <Table class="desk-table">
              <caption class="sr-only">{ta("phones")}</caption>
              <Thead>
                <Tr>
                  <Th scope="col">{ta("phone")}</Th>
                  <Th scope="col">{ta("phone_people")}</Th>
                  <Th scope="col">{ta("phone_used")}</Th>
                  <Th scope="col">{ta("state")}</Th>
                  {mayEdit ? (
                    <Th scope="col">
                      <span class="sr-only">{ta("revoke")}</span>
                    </Th>
                  ) : null}
                </Tr>
              </Thead>
              <Tbody>
                {phones.map((phone) => (
                  <Row key={phone.id} phone={phone} onRevoke={mayEdit ? () => setAsked(phone) : null} />
                ))}
              </Tbody>
            </Table>
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
