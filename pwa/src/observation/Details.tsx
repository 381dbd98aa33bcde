import tag from "lucide-static/icons/tag.svg?raw";
import type { ComponentChildren } from "preact";
import { Marks } from "../guard/Marks";
import type { Guard } from "../guard/useGuard";
import { PlaceLine } from "../place/PlaceLine";
import { PinnedLine, PositionLine } from "../place/PositionLine";
import type { Whereabouts } from "../place/usePosition";
import { vocabulary } from "../store/state";
import type { Code } from "../store/types";
import { named, t } from "../text";
import { Banner, Chips, type Choice, Icon, LinkButton, ManyChips, TextArea } from "../ui";
import { now_ms } from "../ui/now";
import { CALL } from "../ui/routes";
import { type Fields, RESTRICTED, RESTRICTED_TEXT_MAX, SENSITIVE, severityOf } from "./fields";
import { LazyPhotos } from "./LazyPhotos";
import { SpokenText } from "./SpokenText";
import { category, categoryName } from "./state";
import { When } from "./When";

interface Props {
  /** The id of the form. */
  draft: string;
  fields: Fields;
  begunAt: string;
  whereabouts: Whereabouts;
  onChange: (patch: Partial<Fields>) => void;
  /** Before the camera takes over the phone. */
  keepNow: () => void;
  guard: Guard;
  /** Where the advice for this category can be read again. */
  guide: ComponentChildren;
}

const TEXT_MAX = 4000;

const choices = (codes: readonly Code[] | undefined): Choice[] =>
  codes?.map((one) => ({ value: one.code, label: named(one) })) ?? [];

function CategoryLine({ code, onPress }: { code: string; onPress: () => void }) {
  return (
    <button type="button" class="choice-line" onClick={onPress}>
      <Icon svg={tag} />
      <span class="choice-words">
        <small>{t("observation.category")}</small>
        <strong>{categoryName(code)}</strong>
      </span>
      <span class="choice-act">{t("ui.change")}</span>
    </button>
  );
}

/** How many, how old, how sure: never asked about a restricted record. */
function More({ fields, onChange }: Pick<Props, "fields" | "onChange">) {
  const words = vocabulary.value;
  return (
    <>
      <Chips
        legend={t("observation.count")}
        choices={choices(words?.count_bands)}
        value={fields.count}
        onChange={(count) => onChange({ count })}
        optional
      />
      <Chips
        legend={t("observation.ages")}
        choices={choices(words?.age_bands)}
        value={fields.ages}
        onChange={(ages) => onChange({ ages })}
        optional
      />
      <Chips
        legend={t("observation.certainty")}
        choices={choices(words?.certainties)}
        value={fields.certainty}
        onChange={(certainty) => onChange({ certainty })}
        optional
      />
      <Chips
        legend={t("observation.ongoing")}
        choices={[
          { value: "yes", label: t("observation.ongoing.yes") },
          { value: "no", label: t("observation.ongoing.no") },
        ]}
        value={fields.ongoing === null ? null : fields.ongoing ? "yes" : "no"}
        onChange={(answer) => onChange({ ongoing: answer === null ? null : answer === "yes" })}
        optional
      />
    </>
  );
}

/** All that can be said of it on one scrolling page; only the category is needed. */
export function Details({ draft, fields, begunAt, whereabouts, onChange, keepNow, guard, guide }: Props) {
  const words = vocabulary.value;
  const known = category(fields.category);
  const isCorrection = fields.target !== null;
  const isRestricted = (known?.protection ?? 0) >= RESTRICTED;
  const textMax = isRestricted ? RESTRICTED_TEXT_MAX : TEXT_MAX;
  return (
    <>
      <CategoryLine
        code={fields.category ?? ""}
        onPress={() => onChange({ category: null, severity: null })}
      />
      {known?.code === "H2" ? (
        <Banner tone="danger" action={<LinkButton href={CALL}>{t("nav.call")}</LinkButton>}>
          {t("observation.h2")}
        </Banner>
      ) : null}
      {guide}
      <PlaceLine
        placeId={fields.placeId}
        placeText={fields.placeText}
        pin={fields.pin}
        mayDropPin={!isCorrection}
        position={whereabouts.at(now_ms.value)}
        onChange={({ pin = null, ...choice }) => onChange({ ...choice, pin, placeBy: "host" })}
      />
      <Marks guard={guard} field="placeText" />
      <When fields={fields} begunAt={begunAt} onChange={onChange} />
      {isRestricted ? null : (
        <Chips
          legend={t("observation.severity")}
          choices={words?.severities.map((one) => ({ value: one.code, label: named(one) })) ?? []}
          value={severityOf(fields.severity, known?.default_severity)}
          onChange={(severity) => onChange({ severity })}
        />
      )}
      <SpokenText value={fields.text} max={textMax} onInput={(text) => onChange({ text })}>
        <TextArea
          label={t("observation.text")}
          hint={
            (known?.protection ?? 0) >= SENSITIVE
              ? t("observation.text.sensitive")
              : t("observation.text.hint")
          }
          value={fields.text}
          onInput={(text) => onChange({ text })}
          maxLength={textMax}
          {...(isRestricted ? { rows: 2 } : {})}
        />
      </SpokenText>
      <Marks guard={guard} field="text" />
      <LazyPhotos
        draft={draft}
        fields={fields}
        onOpen={keepNow}
        onChange={(photos) => {
          onChange({ photos });
          keepNow();
        }}
      />
      <ManyChips
        legend={t("observation.actions")}
        choices={choices(words?.actions)}
        values={fields.actions}
        onChange={(actions) => onChange({ actions })}
      />
      {isRestricted ? null : <More fields={fields} onChange={onChange} />}
      {isCorrection ? (
        <>
          <TextArea
            label={t("observation.reason")}
            hint={t("observation.reason.hint")}
            rows={2}
            value={fields.reason}
            onInput={(reason) => onChange({ reason })}
          />
          <Marks guard={guard} field="reason" />
        </>
      ) : fields.pin ? (
        <PinnedLine />
      ) : (
        <PositionLine
          whereabouts={whereabouts}
          isWanted={fields.withPosition}
          onChange={(withPosition) => onChange({ withPosition })}
        />
      )}
    </>
  );
}
