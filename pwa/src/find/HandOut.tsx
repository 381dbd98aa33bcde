import fileOutput from "lucide-static/icons/file-output.svg?raw";
import { makeHref } from "../disclosure/routes";
import { tf } from "../text/find";
import { LinkButton, Section } from "../ui";
import type { Asked } from "./rules";

/** What the search finds, as an extract for somebody outside. */
export function HandOut({ asked }: { asked: Asked }) {
  return (
    <Section title={tf("hand_out")}>
      <p class="quiet-words">{tf("hand_out_about")}</p>
      <LinkButton icon={fileOutput} href={makeHref(asked)}>
        {tf("hand_out_begin")}
      </LinkButton>
    </Section>
  );
}
