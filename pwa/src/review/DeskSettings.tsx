import type { ComponentChildren } from "preact";
import { tone } from "../device/attention";
import { saveSettings, settings } from "../store/state";
import { tl } from "../text/alarm";
import { tr } from "../text/review";
import { ty } from "../text/waiting";
import { Chips, LinkButton, Section } from "../ui";
import { DeskPage } from "./DeskPage";
import { Lazy } from "./Lazy";
import { WAITING } from "./routes";
import { isOverseer, readsRetention, readsWaiting } from "./who";

const loadMenu = () => import("../admin/SettingsMenu");
const THEMES = ["system", "dark", "light", "red"] as const;

/** Of an alarm: nobody else hears of one here. */
function Sound() {
  const { sound } = settings.value;
  return (
    <>
      <Chips
        legend={tl("desk_sound")}
        choices={[
          { value: "on", label: tl("on") },
          { value: "off", label: tl("off") },
        ]}
        value={sound ? "on" : "off"}
        onChange={(chosen) => {
          if (chosen === null) return;
          void saveSettings({ sound: chosen === "on" });
          // Heard at once: and a browser keeps quiet until somebody has pressed something.
          if (chosen === "on") void tone(1);
        }}
      />
      <p class="quiet-words">{tl("desk_sound_about")}</p>
    </>
  );
}

/** @param account who is signed in and how to leave: the shell's business, shown here. */
export function DeskSettings({ account }: { account?: ComponentChildren }) {
  const { language, theme } = settings.value;
  return (
    <DeskPage title={tr("settings")}>
      <div class="desk-settings">
        <Chips
          legend={tr("language")}
          choices={[
            { value: "sv", label: "Svenska" },
            { value: "en", label: "English" },
          ]}
          value={language}
          onChange={(chosen) => {
            if (chosen === "sv" || chosen === "en") void saveSettings({ language: chosen });
          }}
        />
        <Chips
          legend={tr("theme")}
          choices={THEMES.map((value) => ({ value, label: tr(`theme_${value}`) }))}
          value={theme}
          onChange={(chosen) => {
            if (chosen) void saveSettings({ theme: chosen });
          }}
        />
        {isOverseer.value ? <Sound /> : null}
        {readsRetention.value ? <Lazy load={loadMenu} props={{ all: isOverseer.value }} /> : null}
        {readsWaiting.value ? (
          <Section title={ty("title")}>
            <p>{ty("settings_about")}</p>
            <p class="row">
              <LinkButton href={WAITING}>{ty("to_page")}</LinkButton>
            </p>
          </Section>
        ) : null}
        {account ? <Section title={tr("account")}>{account}</Section> : null}
      </div>
    </DeskPage>
  );
}
