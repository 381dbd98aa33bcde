/** English, whole: a key that is missing or too many does not compile. */
import { enJobs } from "./en.jobs";
import { enShell } from "./en.shell";
import type { Translation } from "./engine";
import type { sv } from "./sv";

export const en = { ...enShell, ...enJobs } satisfies Translation<typeof sv>;
