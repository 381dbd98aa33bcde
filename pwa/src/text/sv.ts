/** Swedish: the app's first language, and the type that every other dictionary must match. */
import { svJobs } from "./sv.jobs";
import { svShell } from "./sv.shell";

export const sv = { ...svShell, ...svJobs } as const;
