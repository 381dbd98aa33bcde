/** English words of changing one's own password. */
import type { Translation } from "./engine";
import type { sv } from "./password.sv";

export const en: Translation<typeof sv> = {
  title: "Change password",
  about:
    "You stay signed in here. Everywhere else you are signed out; what is unsent there stays and is sent.",
  current: "Current password",
  wrong: "That is not your current password. Check upper and lower case.",
  length: "The password must have at least {n} and at most 200 characters.",
  same: "That is the password you already have.",
  done: "The password is changed. All other sign-ins have ended.",
  session: "You are no longer signed in. Sign in again, then change it.",
  offline: "No contact with the server. The password is not changed.",
  failed: "The password could not be changed. Try again in a while.",
};
