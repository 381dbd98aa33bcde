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

/** All but hosts: what each finds there is the desk's to say. Only those who lead an evening go out, too. */
export const hasDesk = (role: string | undefined): boolean => role !== undefined && role !== "host";
