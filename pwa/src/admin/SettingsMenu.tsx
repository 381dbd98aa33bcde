import { SETTINGS } from "../review/routes";
import { ta } from "../text/admin";
import { tk } from "../text/category";
import { tx } from "../text/ladder";
import { tq } from "../text/places";
import { tz } from "../text/retention";
import { Section } from "../ui";
import "./admin.css";

/** [page, what it is called, what it is] */
const OVERSEERS = (): [string, string, string][] => [
  ["personer", ta("people"), ta("people_about")],
  ["nummer", ta("numbers"), ta("numbers_about")],
  ["platser", tq("title"), tq("about")],
  ["kategorier", tk("title"), tk("menu")],
  ["larmkedja", tx("title"), tx("menu")],
];

/** The ways on from the settings; `all`: those that only overseers go. */
export default function SettingsMenu({ all }: { all: boolean }) {
  return (
    <Section title={ta("menu")}>
      <div class="settings-menu">
        {[...(all ? OVERSEERS() : []), ["gallring", tz("title"), tz("menu")]].map(([page, name, about]) => (
          <a key={page} href={`${SETTINGS}/${page}`}>
            <strong>{name}</strong>
            <span>{about}</span>
          </a>
        ))}
      </div>
    </Section>
  );
}
