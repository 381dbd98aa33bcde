import repeat from "lucide-static/icons/repeat-2.svg?raw";
import { vocabulary } from "../store/state";
import type { Category, Code, ObservationContent, Vocabulary } from "../store/types";
import { named, t } from "../text";
import { Button, Empty, Section } from "../ui";
import { categoryName, lastObservation, nameIn, recentCategories } from "./state";

interface Props {
  onChoose: (code: string) => void;
}

interface GridProps extends Props {
  onRepeat: (content: ObservationContent) => void;
}

function Grid({ categories, onChoose }: Props & { categories: readonly Category[] }) {
  return (
    <ul class="category-grid">
      {categories.map((one) => (
        <li key={one.code}>
          <button
            type="button"
            class="category"
            onClick={() => {
              onChoose(one.code);
              // The details begin at the top, wherever in the list the category was.
              window.scrollTo(0, 0);
            }}
          >
            {named(one)}
          </button>
        </li>
      ))}
    </ul>
  );
}

const anchor = (group: Code) => `group-${group.code}`;

/** Jumps within the list: scrolling does the same, so it costs no tap that is needed. */
function GroupBar({ groups }: { groups: readonly Code[] }) {
  return (
    <nav class="group-bar" aria-label={t("observation.groups")}>
      {groups.map((group) => (
        <button
          key={group.code}
          type="button"
          onClick={() => document.getElementById(anchor(group))?.scrollIntoView({ block: "start" })}
        >
          {named(group)}
        </button>
      ))}
    </nav>
  );
}

/** The last one once more: the same at the next door costs two taps. */
function Again({ onRepeat }: Pick<GridProps, "onRepeat">) {
  const last = lastObservation.value;
  if (!last) return null;
  const words = vocabulary.value;
  const said = [
    categoryName(last.category),
    nameIn(words?.count_bands, last.count),
    ...last.actions.map((code) => nameIn(words?.actions, code)),
  ];
  return (
    <Button
      wide
      icon={repeat}
      onPress={() => {
        onRepeat(last);
        window.scrollTo(0, 0);
      }}
    >
      {t("observation.again", { what: said.filter(Boolean).join(" · ") })}
    </Button>
  );
}

const inGroup = (words: Vocabulary, group: Code) =>
  words.categories.filter((one) => one.group === group.code && one.retired === null);

/** Every category is one tap away: recent first, then all by group on one page. */
export function CategoryGrid({ onChoose, onRepeat }: GridProps) {
  const words = vocabulary.value;
  if (!words)
    return (
      <Empty title={t("observation.noVocabulary")}>
        <p>{t("observation.noVocabulary.about")}</p>
      </Empty>
    );
  const groups = words.groups.filter((group) => inGroup(words, group).length > 0);
  return (
    <>
      <GroupBar groups={groups} />
      <Again onRepeat={onRepeat} />
      {recentCategories.value.length > 0 ? (
        <Section title={t("observation.recent")}>
          <Grid categories={recentCategories.value} onChoose={onChoose} />
        </Section>
      ) : null}
      {groups.map((group) => (
        <div key={group.code} id={anchor(group)} class="group">
          <Section title={named(group)}>
            <Grid categories={inGroup(words, group)} onChoose={onChoose} />
          </Section>
        </div>
      ))}
    </>
  );
}
