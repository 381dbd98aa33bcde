import { SETTINGS } from "../review/routes";
import { ta } from "../text/admin";
import { tk } from "../text/category";
import { tx } from "../text/ladder";
import { tq } from "../text/places";
import { Section } from "../ui";
import "./admin.css";

/** The ways on from the settings. */
export default function SettingsMenu() {
  return (
    <Section title={ta("menu")}>
      <div class="settings-menu">
        <a href={`${SETTINGS}/personer`}>
          <strong>{ta("people")}</strong>
          <span>{ta("people_about")}</span>
        </a>
        <a href={`${SETTINGS}/nummer`}>
          <strong>{ta("numbers")}</strong>
          <span>{ta("numbers_about")}</span>
        </a>
        <a href={`${SETTINGS}/platser`}>
          <strong>{tq("title")}</strong>
          <span>{tq("about")}</span>
        </a>
        <a href={`${SETTINGS}/kategorier`}>
          <strong>{tk("title")}</strong>
          <span>{tk("menu")}</span>
        </a>
        <a href={`${SETTINGS}/larmkedja`}>
          <strong>{tx("title")}</strong>
          <span>{tx("menu")}</span>
        </a>
      </div>
    </Section>
  );
}
