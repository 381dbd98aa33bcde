import { useCallback } from "preact/hooks";
import { arrivedAt } from "../checkin/state";
import { add, newId } from "../outbox";
import { movedTo, pinned } from "../place/pin";
import { usePlaceGuess } from "../place/usePlaceGuess";
import { usePosition, type Whereabouts } from "../place/usePosition";
import { useDraft } from "../shift/useDraft";
import { useLeave } from "../shift/useLeave";
import { places } from "../store/state";
import type { Position } from "../store/types";
import { t, time } from "../text";
import { Button, FormPage, go, LeaveSheet, SaveFoot } from "../ui";
import { HOME, logEntry, observation } from "../ui/routes";
import { CategoryGrid } from "./CategoryGrid";
import { Details } from "./Details";
import {
  emptyFields,
  type Fields,
  fieldsOf,
  lacks,
  mayHavePhotos,
  observationData,
  parseFields,
  repeated,
} from "./fields";
import { isHeld, JustSaved } from "./HeldActs";
import { photosLeft, photosSaved } from "./LazyPhotos";
import { category, observations } from "./state";
import { useGuide } from "./useGuide";

interface Props {
  /** The id that the op will have: made when the form was opened. */
  id: string;
  /** The observation that is being corrected. */
  target: string | null;
}

function opening(begunAt: string, target: string | null): Fields {
  const said = observations.peek().find((one) => one.id === target);
  return said ? fieldsOf(said.content, said.id, said.position) : emptyFields(begunAt);
}

/** A correction is written somewhere else than where it happened, so the phone's own position never goes with it. */
function positionOf(said: Fields, whereabouts: Whereabouts): Position | null {
  if (said.target === null) {
    if (said.pin) return pinned(said.pin);
    return said.withPosition ? whereabouts.at(Date.now()) : null;
  }
  const before = observations.peek().find((one) => one.id === said.target)?.position ?? null;
  return movedTo(
    before,
    said.pin,
    places.peek().find((place) => place.id === said.placeId),
  );
}

export function ObservationScreen({ id, target }: Props) {
  const form = useDraft<Fields>({
    id,
    form: "observation",
    empty: (begunAt) => opening(begunAt, target),
    parse: parseFields,
    guarded: ["text", "placeText", "reason"],
  });
  const { fields } = form;
  const whereabouts = usePosition();
  usePlaceGuess({
    whereabouts,
    arrivedAt: arrivedAt.peek(),
    isWanted: fields.placeBy === "guess" && !form.isResumed,
    onGuess: (placeId) => form.propose({ placeId }),
  });
  const isCorrection = fields.target !== null;
  const guide = useGuide(fields.category, !isCorrection && !form.isResumed);
  const discard = async () => {
    await form.discard();
    await photosLeft(id, fields.photos).catch(() => undefined);
  };
  const leave = useLeave({ ...form, discard }, fields.target === null ? HOME : logEntry(fields.target));
  const onClose = useCallback(leave.ask, [form.isTouched]);

  const save = async (next: string) => {
    const lack = lacks(fields);
    if (lack !== null) return;
    const isSaved = await form.seal(async (said, kept, asDraft) => {
      const data = observationData(said, category(said.category));
      const common = { id, shift: form.shiftId, position: positionOf(said, whereabouts) };
      await (said.target === null
        ? add({ ...common, type: "observation.create", data: { ...data, ...kept } }, asDraft)
        : add({
            ...common,
            type: "observation.amend",
            data: { target: said.target, reason: said.reason.trim(), observation: data, ...kept },
          }));
      // While it can be had back, its photos are its form's; the outbox sees to them when it is let out.
      const settle = mayHavePhotos(category(fields.category)) ? photosSaved : photosLeft;
      if (!isHeld(id)) await settle(id, fields.photos).catch(() => undefined);
    });
    if (isSaved) go(next, { replace: true });
  };

  const lack = lacks(fields);
  return (
    <FormPage
      title={isCorrection ? t("observation.correct.title") : t("observation.title")}
      about={form.isResumed ? t("observation.begun", { time: time(form.begunAt) }) : undefined}
      onClose={onClose}
      footer={
        fields.category === null ? undefined : guide.now ? (
          <guide.now.GuideFoot about={fields.target ?? id} onDone={guide.done} />
        ) : (
          <SaveFoot
            label={isCorrection ? t("observation.correct.save") : t("ui.save")}
            large
            onSave={() => void save(fields.target === null ? HOME : logEntry(fields.target))}
            isSealing={form.isSealing}
            hasFailed={form.hasFailed}
            isNotKept={form.isNotKept}
            lack={lack === null || !form.isTouched ? undefined : LACK[lack]()}
          >
            {isCorrection ? null : (
              <Button large onPress={() => void save(observation(newId()))}>
                {t("observation.saveAndNew")}
              </Button>
            )}
          </SaveFoot>
        )
      }
    >
      {fields.category === null ? (
        <>
          <JustSaved />
          <CategoryGrid
            onChoose={(code) => form.change({ category: code })}
            onRepeat={(last) => form.change(repeated(last))}
          />
        </>
      ) : guide.now ? (
        <guide.now.Guide code={fields.category} />
      ) : (
        <Details
          draft={id}
          fields={fields}
          begunAt={form.begunAt}
          whereabouts={whereabouts}
          onChange={form.change}
          keepNow={form.keepNow}
          guard={form.guard}
          guide={guide.again ? <guide.again.ShowGuide onPress={guide.show} /> : null}
        />
      )}
      {form.ask}
      {leave.isAsking ? <LeaveSheet {...leave.sheet} /> : null}
    </FormPage>
  );
}

const LACK = {
  category: () => t("observation.lack.category"),
  reason: () => t("observation.lack.reason"),
  interval: () => t("observation.lack.interval"),
};
