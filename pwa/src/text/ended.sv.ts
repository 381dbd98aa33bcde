/** Swedish words of what the server has of a shift that has ended. */
export const sv = {
  records: {
    one: "Från den här telefonen: {here} av {n} post mottagen av servern",
    other: "Från den här telefonen: {here} av {n} poster mottagna av servern",
  },
  photos: { one: "{here} av {n} foto", other: "{here} av {n} foton" },
} as const;
