import { t } from "../text";

const NAMES: Readonly<Record<string, () => string>> = {
  host: () => t("role.host"),
  supervisor: () => t("role.supervisor"),
  analyst: () => t("role.analyst"),
  archivist: () => t("role.archivist"),
  dataprotection: () => t("role.dataprotection"),
  admin: () => t("role.admin"),
};

export function roleName(role: string): string {
  return NAMES[role]?.() ?? role;
}

/** Those who read shifts on a desk; they may go out with the host's app, too. */
export const hasDesk = (role: string | undefined): boolean => role === "supervisor" || role === "admin";
