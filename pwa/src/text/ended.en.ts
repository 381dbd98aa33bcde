/** English words of what the server has of a shift that has ended. */
import type { sv } from "./ended.sv";
import type { Translation } from "./engine";

export const en: Translation<typeof sv> = {
  records: {
    one: "From this phone: {here} of {n} record received by the server",
    other: "From this phone: {here} of {n} records received by the server",
  },
  photos: { one: "{here} of {n} photo", other: "{here} of {n} photos" },
};
