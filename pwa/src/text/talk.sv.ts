/** Swedish words of a talk afterwards: at the desk, and to the host who was there. */
export const sv = {
  title: "Avlastningssamtal",
  desk_line: "Efter händelsen {time}",
  no_word: "Ingen har tagit ställning än.",
  offered: "Erbjudet",
  held: "Genomfört",
  not_needed: "Behövs inte",
  word: "{status} · {name}, {time}",
  choose: "Avlastningssamtal efter händelsen {time}",
  to_entry: "Visa posten",
  newer: "Någon annan har just ändrat. Det som gäller nu står här: välj igen om det behövs.",
  offline: "Inte sparat: inget nät. Försök igen.",
  signin: "Inte sparat: logga in igen.",
  failed: "Det gick inte att spara. Försök igen.",
  unknown: "Det gick inte att se om någon behöver ett avlastningssamtal.",
  host_title: "Ett samtal efteråt",
  host_offered:
    "Du erbjuds ett samtal efter det ni mötte {time}. Du behöver inte bära det ensam. Säg till {name} när det passar dig.",
  host_offered_nameless:
    "Du erbjuds ett samtal efter det ni mötte {time}. Du behöver inte bära det ensam. Säg till din arbetsledare när det passar dig.",
  host_held: "Samtalet efteråt är genomfört. Vill du prata mer, säg till din arbetsledare.",
  host_not_needed: "Inget samtal efteråt är inplanerat. Ändrar det sig, säg till din arbetsledare.",
} as const;
