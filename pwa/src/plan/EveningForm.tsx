import { History } from "../admin/History";
import { type Held, useEdit } from "../admin/useEdit";
import { attempt } from "../parse";
import { time } from "../text";
import { tp } from "../text/plan";
import { Banner, Button, Sheet, SubmitButton, TimeField } from "../ui";
import { ask, type EveningSaid, type Planned, shift } from "./ask";
import { WhereAndWho } from "./Fields";
import { Told } from "./Told";
import { dayWords, PLAN_WORDS, statusWord } from "./words";

const held = (one: Planned): Held<EveningSaid> => ({
  version: one.version,
  value: {
    starts: time(one.starts_at),
    ends: time(one.ends_at),
    area_id: one.area_id,
    hosts: one.hosts,
    cancelled: one.status === "cancelled",
  },
});

interface Props {
  evening: Planned;
  /** Another has taken it away: what is written here stays, and can be copied. */
  isGone: boolean;
  onClose: () => void;
  onSeries: () => void;
}

/** One evening: changed or cancelled by itself, or on to the series that it is of. */
export function EveningForm({ evening, isGone, onClose, onSeries }: Props) {
  const form = useEdit<EveningSaid>(held(evening), (body) => {
    const found = attempt(shift, body);
    return found && held(found);
  });
  const save = async (part: Partial<EveningSaid> = {}) => {
    const isSaved = await form.save((said, based_on) =>
      ask.change(evening.id, based_on, { ...said, ...part }),
    );
    if (isSaved) onClose();
  };
  const theirs = (member: "starts" | "ends") => {
    const value = form.theirs(member);
    return value === undefined ? undefined : tp("theirs", { value });
  };
  const { cancelled } = form.value;
  return (
    <Sheet title={tp("one_title", { day: dayWords(evening.day) })} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (!isGone) void save();
        }}
      >
        {isGone ? <Banner tone="note">{tp("gone_one")}</Banner> : null}
        <p>
          <strong>{statusWord(cancelled ? "cancelled" : "planned")}</strong>
          {evening.is_own ? ` · ${tp("own")}` : null}
        </p>
        <div class="plan-times">
          <TimeField
            label={tp("starts")}
            value={form.value.starts}
            hint={theirs("starts")}
            onTime={(starts) => form.change({ starts })}
          />
          <TimeField
            label={tp("ends")}
            value={form.value.ends}
            hint={theirs("ends") ?? tp("ends_hint")}
            onTime={(ends) => form.change({ ends })}
          />
        </div>
        <WhereAndWho form={form} change={(part) => form.change(part)} />
        <Told form={form} />
        {isGone ? null : (
          <>
            <SubmitButton tone="main" busy={form.isBusy}>
              {tp("save")}
            </SubmitButton>
            <div class="row">
              <Button
                tone={cancelled ? "plain" : "danger"}
                busy={form.isBusy}
                onPress={() => void save({ cancelled: !cancelled })}
              >
                {cancelled ? tp("restore_one") : tp("cancel_one")}
              </Button>
              <Button onPress={onSeries}>{tp("edit_series")}</Button>
            </div>
          </>
        )}
      </form>
      <History of="planned" id={evening.id} words={PLAN_WORDS} />
    </Sheet>
  );
}
