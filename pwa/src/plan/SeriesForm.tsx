import { useState } from "preact/hooks";
import { useEdit } from "../admin/useEdit";
import { newId } from "../outbox";
import { attempt } from "../parse";
import { tp } from "../text/plan";
import { Banner, Button, ManyChips, Sheet, SubmitButton, TimeField } from "../ui";
import { ask, type Plan, plan, type Rule, type SeriesSaid } from "./ask";
import { DayField, WhereAndWho } from "./Fields";
import { Told } from "./Told";
import { dayName, ruleWords } from "./words";

const WEEK = [0, 1, 2, 3, 4, 5, 6];

interface Props {
  /** Null: a new one, from `day` on. */
  series: Plan | null;
  /** Another has taken it away: what is written here stays, and can be copied. */
  isGone?: boolean;
  day: string;
  onClose: () => void;
}

const blank = (day: string): SeriesSaid => ({
  rule: { first: day, until: null, weekdays: [], starts: "17:30", ends: "01:00" },
  area_id: null,
  hosts: [],
});

/** A shift, or every week until a day. */
export function SeriesForm({ series, isGone = false, day, onClose }: Props) {
  const [id] = useState(() => series?.id ?? newId());
  const [fresh] = useState(() => ({ version: null, value: blank(day) }));
  const now =
    series === null
      ? fresh
      : {
          version: series.version,
          value: { rule: series.rule, area_id: series.area_id, hosts: series.hosts },
        };
  const form = useEdit<SeriesSaid>(now, (body) => {
    const found = attempt(plan, body);
    return (
      found && {
        version: found.version,
        value: { rule: found.rule, area_id: found.area_id, hosts: found.hosts },
      }
    );
  });
  const { rule } = form.value;
  const change = (part: Partial<Rule>) => form.change({ rule: { ...rule, ...part } });
  const save = async (active: boolean) => {
    if (await form.save((said, based_on) => ask.put(id, based_on, said, active))) onClose();
  };
  const theirRule = form.theirs("rule");
  const repeats = rule.weekdays.length > 0;
  return (
    <Sheet title={series === null ? tp("new") : tp("series_title")} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (!isGone) void save(true);
        }}
      >
        {isGone ? <Banner tone="note">{tp("gone_series")}</Banner> : null}
        {series === null ? null : <p class="quiet-words">{tp("series_about")}</p>}
        <div class="plan-times">
          <DayField
            label={repeats ? tp("first_series") : tp("first")}
            value={rule.first}
            onInput={(first) => change({ first })}
          />
          {repeats ? (
            <DayField
              label={tp("until")}
              value={rule.until ?? ""}
              onInput={(until) => change({ until: until || null })}
            />
          ) : null}
        </div>
        <ManyChips
          legend={tp("repeat")}
          choices={WEEK.map((weekday) => ({ value: String(weekday), label: dayName(weekday) }))}
          values={rule.weekdays.map(String)}
          onChange={(days) =>
            change({
              weekdays: days.map(Number).sort((a, b) => a - b),
              ...(days.length === 0 ? { until: null } : {}),
            })
          }
        />
        {repeats ? null : <p class="hint">{tp("repeat_hint")}</p>}
        <div class="plan-times">
          <TimeField label={tp("starts")} value={rule.starts} onTime={(starts) => change({ starts })} />
          <TimeField
            label={tp("ends")}
            value={rule.ends}
            hint={tp("ends_hint")}
            onTime={(ends) => change({ ends })}
          />
        </div>
        {theirRule === undefined ? null : <p class="hint">{tp("theirs", { value: ruleWords(theirRule) })}</p>}
        <WhereAndWho form={form} change={(part) => form.change(part)} />
        <Told form={form} />
        {isGone ? null : (
          <SubmitButton tone="main" busy={form.isBusy}>
            {series === null ? tp("plan_it") : tp("save")}
          </SubmitButton>
        )}
        {series === null || isGone ? null : (
          <Button tone="danger" busy={form.isBusy} onPress={() => void save(false)}>
            {tp("end_series")}
          </Button>
        )}
      </form>
    </Sheet>
  );
}
