import { checkNow, type SyncState, syncState } from "../../sync";
import { dateTime, t } from "../../text";
import { ta } from "../../text/aside";
import { Button, LinkButton, Section } from "../../ui";
import { SIGN_IN } from "../../ui/routes";
import { Facts } from "./Facts";

const TROUBLE: Record<NonNullable<SyncState["check"]["problem"]>, () => string> = {
  offline: () => ta("check_offline"),
  "not-lykta": () => ta("check_notLykta"),
  server: () => ta("check_server"),
  "old-app": () => ta("check_server"),
  signin: () => ta("check_signin"),
};

/** The plain answer; empty until there is one. */
function answerWords({ check, checked }: SyncState): string {
  if (check.asking) return ta("check_asking");
  if (check.problem !== null) return TROUBLE[check.problem]();
  if (checked === null) return "";
  const { held, missing } = checked;
  if (held === 0) return ta("check_empty");
  const posts =
    missing === 0
      ? ta("check_all", { n: held })
      : ta("check_missing", { n: missing, there: held - missing, all: held });
  return [posts, photoWords(checked)].join(" ").trim();
}

function photoWords({ photos, photosMissing }: NonNullable<SyncState["checked"]>): string {
  if (photos === 0) return "";
  const said = ta("check_photos", { n: photos, there: photos - photosMissing });
  return photosMissing === 0 ? said : `${said} ${ta("check_photos_missing")}`;
}

/** "Kontrollera mina uppgifter": whether the server has everything, in words that end the doubt. */
export function CheckRecords() {
  const { check, checked } = syncState.value;
  return (
    <Section title={ta("check")}>
      <p class="quiet-words">{ta("check_about")}</p>
      <p class="check-answer" role="status">
        {answerWords(syncState.value)}
      </p>
      <Facts rows={[[ta("check_last"), checked === null ? ta("never") : dateTime(checked.at)]]} />
      <Button wide busy={check.asking} onPress={checkNow}>
        {ta("check_act")}
      </Button>
      {check.problem === "signin" && !check.asking ? (
        <LinkButton wide href={SIGN_IN}>
          {t("signin.act")}
        </LinkButton>
      ) : null}
    </Section>
  );
}
