/** What people, phones and the world do to each other. Each act is one task; the seed picks which and when. */
import type { OpData } from "../../store/types";
import { short } from "./ledger";
import type { Phone } from "./phone";
import { draftOf, photosSaved, seen, takePhoto } from "./photo-acts";
import type { Tab } from "./tab";
import type { World } from "./world";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const TABS_MAX = 3;
const POISON_MAX = 2;
const HOSTS = ["u-alva", "u-cim"];

/** How often each is picked. */
export const ACTS = {
  write: 60,
  photo: 20,
  callBesidePhoto: 8,
  undo: 12,
  tapTwice: 4,
  tryAgain: 6,
  poison: 2,
  kill: 4,
  openTab: 4,
  killAtOnce: 8,
  freeze: 2,
  thaw: 2,
  hide: 3,
  offline: 5,
  online: 6,
  signOut: 1,
  signIn: 3,
  otherHost: 2,
  setClock: 2,
  failWrite: 8,
  trouble: 4,
  crash: 2,
  backUp: 3,
  verify: 0.5,
  restore: 2,
  restoreByHand: 1.5,
  daysPass: 2,
  revoke: 1.5,
} as const;
export type ActName = keyof typeof ACTS;

type Act = (world: World, phone?: Phone) => void;

/** Ids that a host tried to save and was not told of; they try again with the same form. */
const unsure = new WeakMap<Phone, Map<string, Form>>();
export interface Form {
  id: string;
  type: FormType;
  data: OpData[FormType];
  words: string;
  author: string;
  /** Photos that it names, and under which form they were kept. */
  hashes: string[];
  draft: string;
}
type FormType =
  | "checkin.create"
  | "escalation.create"
  | "comment.add"
  | "observation.create"
  | "photo.attach";

const anyPhone = (world: World) => world.dice.pick(world.phones) as Phone;
const anyTab = (world: World, phone: Phone) => world.dice.pick(phone.tabs.filter((tab) => tab.isUsable));

export const acts: Record<ActName, Act> = {
  write(world, given) {
    const phone = given ?? anyPhone(world);
    const tab = anyTab(world, phone);
    const form = tab && aForm(world, tab);
    if (tab && form) save(world, tab, form);
  },
  photo(world) {
    const tab = anyTab(world, anyPhone(world));
    const author = tab && hostOf(world, tab);
    if (tab && author !== undefined) takePhoto(world, tab, author);
  },
  callBesidePhoto(world) {
    const isUnderWay = ({ disk }: Phone) =>
      [...disk.photos().values()].some(({ state }) => state === "waiting");
    const phone = world.dice.pick(world.phones.filter(isUnderWay));
    const tab = phone && anyTab(world, phone);
    const form = tab && aForm(world, tab, "escalation");
    if (tab && form) save(world, tab, form);
  },
  undo(world) {
    const phone = world.dice.pick(world.phones.filter(({ disk }) => disk.held().length > 0));
    const tab = phone && anyTab(world, phone);
    const row = phone && world.dice.pick(phone.disk.held());
    if (tab && row) undo(world, tab, row.id);
  },
  tapTwice(world) {
    const tab = anyTab(world, anyPhone(world));
    const form = tab && aForm(world, tab);
    if (!tab || !form) return;
    save(world, tab, form);
    save(world, tab, form);
  },
  tryAgain(world) {
    const phone = anyPhone(world);
    const tab = anyTab(world, phone);
    const author = tab?.app.me.value?.id;
    const open = [...(unsure.get(phone)?.values() ?? [])].filter((form) => form.author === author);
    const form = world.dice.pick(open);
    if (tab && form) save(world, tab, form);
  },
  poison(world) {
    const { dice, network } = world;
    const row = dice.pick(
      anyPhone(world)
        .disk.ops()
        .filter(({ state }) => state === "pending"),
    );
    if (!row || network.poison.size >= POISON_MAX) return;
    network.poison.set(row.id, dice.chance(0.5) ? 400 : 500);
    world.note(`the server chokes on ${short(row.id)}`);
  },
  kill(world) {
    const phone = anyPhone(world);
    const tab = world.dice.pick(phone.tabs);
    if (tab) die(world, tab);
  },
  killAtOnce(world) {
    const phone = anyPhone(world);
    // In the middle of whatever is going on, to the millisecond.
    world.loop.after(world.dice.next() * 40, () => acts.kill(world));
    acts.write(world, phone);
  },
  openTab(world) {
    const phone = anyPhone(world);
    if (phone.tabs.length < TABS_MAX) phone.open(world.build);
  },
  freeze(world) {
    const tab = anyTab(world, anyPhone(world));
    if (!tab) return;
    world.note(`${tab.phone.name}: a page is frozen`);
    tab.freeze();
  },
  thaw(world) {
    world.dice.pick(anyPhone(world).tabs.filter((tab) => tab.frozen))?.thaw();
  },
  hide(world) {
    anyTab(world, anyPhone(world))?.show(world.dice.chance(0.5));
  },
  offline(world) {
    anyPhone(world).setOffline(true);
  },
  online(world) {
    anyPhone(world).setOffline(false);
  },
  signOut(world) {
    anyPhone(world).isSignedOut = true;
  },
  signIn(world) {
    anyPhone(world).isSignedOut = false;
  },
  otherHost(world) {
    const tab = anyTab(world, anyPhone(world));
    if (tab && !tab.phone.isRevoked) signIn(world, tab, world.dice.pick(HOSTS) as string);
  },
  setClock(world) {
    const phone = anyPhone(world);
    const { dice } = world;
    const far_ms = dice.pick([60_000, HOUR_MS, DAY_MS, 3_650 * DAY_MS]) as number;
    phone.offset_ms = Math.round((dice.next() - 0.5) * 2 * far_ms);
    world.note(`${phone.name}: the clock is set ${phone.offset_ms} ms off`);
  },
  failWrite(world) {
    const phone = anyPhone(world);
    acts.write(world, phone);
    world.loop.after(world.dice.next() * 60, () => {
      if (phone.disk.failWrite()) world.note(`${phone.name}: a write fails`);
    });
  },
  trouble(world) {
    world.network.trouble = world.dice.chance(0.2) ? 0 : world.dice.next();
  },
  crash(world) {
    world.note("the server dies");
    world.network.down();
  },
  backUp(world) {
    world.server.backUp();
  },
  verify(world) {
    world.server.verify();
  },
  revoke(world) {
    const phone = anyPhone(world);
    if (world.phones.some(({ isRevoked }) => isRevoked)) return;
    phone.isRevoked = true;
    world.note(`${phone.name} is revoked`);
  },
  restore: (world) => restore(world, true),
  restoreByHand: (world) => restore(world, false),
  daysPass(world) {
    // A server put back by hand must be noticed before phones may let go of what is old.
    if (world.server.isBehind) return;
    const days = world.dice.between(1, 8);
    world.note(`${days} days pass with every phone in a drawer`);
    for (const phone of world.phones) for (const tab of [...phone.tabs]) tab.kill();
    world.loop.after(0, () => {
      world.server_offset_ms += days * DAY_MS;
      for (const phone of world.phones) {
        phone.offset_ms += days * DAY_MS;
        phone.open(world.build);
      }
    });
  },
};

function die(world: World, tab: Tab): void {
  const { phone } = tab;
  world.note(`${phone.name}: a page dies`);
  tab.kill();
  if (phone.tabs.length === 0) phone.open(world.build);
}

function restore(world: World, byTool: boolean): void {
  // What a phone has been emptied of, only the server has.
  if (world.phones.some(({ isRevoked }) => isRevoked)) return;
  const copy = world.dice.pick(world.server.restorable());
  if (!copy) return;
  const losesFiles = world.dice.chance(0.8);
  const isOnPhone = (sha256: string) => world.photos.isOnPhone(world.phones, sha256);
  world.server.restore(copy, byTool, (sha256) => !isOnPhone(sha256) || !losesFiles);
  world.note(`the server is restored to ${copy.rows.length} ops${byTool ? ", by its tool" : ""}`);
}

function signIn(world: World, tab: Tab, id: string): void {
  // Signing in makes a new phone of one that was revoked and emptied.
  tab.phone.isRevoked = false;
  const user = { id, username: id, name: id, role: "host" };
  void tab.app.saveMe(user).catch(() => world.note(`${tab.phone.name}: signing in failed`));
}

function aForm(world: World, tab: Tab, asked?: Kind): Form | null {
  const { dice } = world;
  const author = hostOf(world, tab);
  if (author === undefined) return null;
  const words = `ord ${dice.between(0, 1e9)} å`;
  const known = dice.pick([...world.ledger.saved.keys()]);
  const kind =
    asked ?? dice.weighted({ checkin: 60, escalation: 18, observation: 14, comment: known ? 12 : 0 });
  const id = tab.app.newId();
  return { id, ...content(kind, words, known ?? ""), words, author, hashes: [], draft: id };
}

/** Undefined while nobody is signed in: then somebody signs in. */
function hostOf(world: World, tab: Tab): string | undefined {
  const author = tab.app.me.value?.id;
  if (author === undefined) signIn(world, tab, world.dice.pick(HOSTS) as string);
  return author;
}

type Kind = "checkin" | "escalation" | "comment" | "observation";

function content(kind: Kind, words: string, target: string) {
  switch (kind) {
    case "checkin":
      return {
        type: "checkin.create",
        data: { kind: "ok", place_id: null, note: words, next_due: null },
      } as const;
    case "escalation":
      return {
        type: "escalation.create",
        data: { service: "POL112", channel: null, observation_id: null, cause: words },
      } as const;
    case "observation":
      return { type: "observation.create", data: seen(words, []) } as const;
    case "comment":
      return { type: "comment.add", data: { target, text: words } } as const;
  }
}

const forms = new WeakMap<World, Map<string, Form>>();
function formsOf(world: World): Map<string, Form> {
  const known = forms.get(world) ?? new Map<string, Form>();
  forms.set(world, known);
  return known;
}

/** Had back, thought over, and saved again in other words, or left as a draft. */
function undo(world: World, tab: Tab, id: string): void {
  const { dice, ledger, loop } = world;
  world.note(`${tab.phone.name}: has ${short(id)} back`);
  // Asked for: a page that dies now may have done it, and not come to say so.
  ledger.mayBeBack.add(id);
  tab.app.undoHeld(id).then(
    (isBack) => {
      if (!isBack || !tab.alive) return;
      ledger.back(id);
      const again = formsOf(world).get(id);
      if (!again || dice.chance(0.3)) return;
      const text = `ord ${dice.between(0, 1e9)} å`;
      const data = { ...again.data, text } as Form["data"];
      loop.after(dice.between(1, 20_000), () => {
        if (tab.isUsable && tab.app.me.value?.id === again.author)
          save(world, tab, { ...again, data, words: text });
      });
    },
    () => world.note(`${tab.phone.name}: ${short(id)} could not be had back`),
  );
}

export function save(world: World, tab: Tab, form: Form): void {
  const { app, phone } = tab;
  const open = unsure.get(phone) ?? new Map<string, Form>();
  unsure.set(phone, open.set(form.id, form));
  const { id, type, data } = form;
  world.note(`${phone.name}: writes ${type} ${short(id)}`);
  const op = { id, type, shift: null, position: null, data };
  formsOf(world).set(id, form);
  app.add(op, type === "observation.create" ? draftOf(form) : undefined).then(
    (op) => {
      if (!tab.alive) return;
      open.delete(id);
      world.saved(tab, op, form);
      const isHeld = app.heldRows.value.some((row) => row.id === id);
      if (form.hashes.length === 0 || isHeld) return;
      // Between the op and the word that its photos are to be sent, too.
      if (world.dice.chance(0.15)) die(world, tab);
      else photosSaved(world, tab, form);
    },
    () => world.note(`${phone.name}: ${short(id)} is told not saved`),
  );
}
