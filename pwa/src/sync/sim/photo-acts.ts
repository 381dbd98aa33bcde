/** What hosts do with their cameras: a photo in a form, one added afterwards, a form thrown away. */
import type { Attachment, Draft, ObservationData } from "../../store/types";
import { type Form, save } from "./acts";
import { hexOf } from "./blobs";
import type { Tab } from "./tab";
import type { World } from "./world";

const BYTES_MAX = 120_000;
const MIME = "image/jpeg";
const THINK_MS_MAX = 40_000;

/** Kept at once, then saved with its record a while later: in between the page may die. */
export function takePhoto(world: World, tab: Tab, author: string): void {
  const { app, phone } = tab;
  const { dice } = world;
  const id = app.newId();
  const target = dice.chance(0.3) ? dice.pick(world.observations) : undefined;
  const draft = target === undefined ? id : `log ${target}`;
  const bytes = picture(world);
  const sha256 = hexOf(bytes);
  world.photos.take(sha256, bytes);
  world.note(`${phone.name}: takes ${sha256.slice(0, 8)}, ${bytes.length} bytes`);
  void (async () => {
    if (target === undefined) await begin(tab, id, author);
    const row = await app.keepPhoto(bytes.slice().buffer, MIME, draft);
    if (!tab.alive) return;
    world.photos.kept(phone, row.sha256);
    world.loop.after(dice.between(1, THINK_MS_MAX), () => {
      if (!tab.isUsable) return;
      const attached = { sha256: row.sha256, size: row.size, mime: row.mime, caption: null };
      if (dice.chance(0.1)) leave(world, tab, { id, draft, sha256 });
      else if (app.me.value?.id === author)
        save(world, tab, aRecord(world, { id, author, target }, attached));
    });
  })().catch(() => world.note(`${phone.name}: ${sha256.slice(0, 8)} is told not kept`));
}

/** The op that names them is saved; where this fails, the next start finds them by the op. */
export function photosSaved(world: World, tab: Tab, { hashes, draft }: Form): void {
  tab.app.markNamed(hashes, draft).catch(() => world.note(`${tab.phone.name}: photos were not marked`));
}

function leave(world: World, tab: Tab, form: { id: string; draft: string; sha256: string }): void {
  world.note(`${tab.phone.name}: lets go of ${form.sha256.slice(0, 8)}`);
  void Promise.all([tab.app.letGo(form.draft, [form.sha256]), tab.app.deleteDraft(form.id)]).catch(() =>
    world.note(`${tab.phone.name}: letting go failed`),
  );
}

const begin = (tab: Tab, id: string, author: string) => tab.app.putDraft(draftOf({ id, author }));

export function draftOf({ id, author }: { id: string; author: string }): Draft {
  const at = new Date(0).toISOString();
  return { id, form: "observation", author, shift: null, at, updatedAt: at, fields: {} };
}

export const seen = (text: string, attachments: Attachment[]): ObservationData => ({
  ...{ category: "S2", happened: { kind: "about", from: "2026-11-20T18:00:00Z", to: null } },
  ...{ place_id: null, place_text: null, count: null, ages: null, certainty: null, severity: 2 as const },
  ...{ ongoing: null, actions: [], text, attachments },
});

/** Now and then the same picture again: two records, or two phones, with one photo. */
function picture({ dice, photos }: World): Uint8Array {
  const known = dice.chance(0.1) ? dice.pick([...photos.taken.values()]) : undefined;
  return known ?? dice.bytes(new Uint8Array(dice.chance(0.1) ? 1 : dice.between(1, BYTES_MAX)));
}

interface Begun {
  id: string;
  author: string;
  target: string | undefined;
}

function aRecord({ dice }: World, { id, author, target }: Begun, photo: Attachment): Form {
  const words = `ord ${dice.between(0, 1e9)} å`;
  const common = { id, words, author, hashes: [photo.sha256] };
  if (target !== undefined) {
    const data = { target, ...photo, caption: words };
    return { ...common, type: "photo.attach", data, draft: `log ${target}` };
  }
  return { ...common, type: "observation.create", data: seen(words, [photo]), draft: id };
}
