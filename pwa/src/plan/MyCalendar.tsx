import { useEffect, useState } from "preact/hooks";
import { dateTime, t } from "../text";
import { tp } from "../text/plan";
import { Banner, Button, Loading, Section } from "../ui";
import { ask, type CalendarState } from "./ask";

type Found = { is: "loading" } | { is: "failed" } | { is: "ready"; state: CalendarState };

/** One's own planned shifts in one's own calendar: an address that is made, changed and taken away here. */
export default function MyCalendar() {
  const [found, setFound] = useState<Found>({ is: "loading" });
  const [address, setAddress] = useState<string | null>(null);
  const [isCopied, setCopied] = useState(false);
  const load = async () => setFound({ is: "ready", state: await ask.calendar() });
  const trying = async (act: () => Promise<unknown>) => {
    setCopied(false);
    try {
      await act();
      await load();
    } catch {
      setFound({ is: "failed" });
    }
  };
  useEffect(() => void trying(async () => undefined), []);
  const make = () =>
    trying(async () => setAddress(new URL(await ask.makeCalendar(), location.origin).toString()));
  const revoke = () =>
    trying(async () => {
      await ask.revokeCalendar();
      setAddress(null);
    });
  const copy = () => navigator.clipboard.writeText(address ?? "").then(() => setCopied(true));
  const since = found.is === "ready" ? found.state.created_at : null;
  const read = found.is === "ready" ? found.state.read_at : null;
  return (
    <Section title={tp("calendar")}>
      <p class="quiet-words">{tp("calendar_about")}</p>
      {found.is === "loading" ? <Loading what={tp("calendar_loading")} /> : null}
      {found.is === "failed" ? (
        <Banner tone="danger" action={<Button onPress={() => void trying(load)}>{t("ui.retry")}</Button>}>
          {tp("calendar_failed")}
        </Banner>
      ) : null}
      {found.is === "ready" ? (
        <>
          <p>
            {since === null ? tp("calendar_none") : tp("calendar_since", { time: dateTime(since) })}{" "}
            {read === null ? "" : tp("calendar_read", { time: dateTime(read) })}
          </p>
          {address === null ? null : (
            <div class="stack">
              <p class="link-text">{address}</p>
              <p>{tp("calendar_once")}</p>
              <div class="row">
                <Button tone="main" onPress={() => void copy().catch(() => setCopied(false))}>
                  {tp("calendar_copy")}
                </Button>
                <span role="status">{isCopied ? tp("calendar_copied") : ""}</span>
              </div>
            </div>
          )}
          <div class="row">
            <Button onPress={() => void make()}>
              {since === null ? tp("calendar_make") : tp("calendar_renew")}
            </Button>
            {since === null ? null : (
              <Button tone="danger" onPress={() => void revoke()}>
                {tp("calendar_revoke")}
              </Button>
            )}
          </div>
        </>
      ) : null}
    </Section>
  );
}
