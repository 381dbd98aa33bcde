import { act, cleanup, renderHook, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, expect, it } from "vitest";
import { ApiError } from "../api/index";
import { parsedProblem } from "../api/problem";
import { drafts, loadDrafts, saveDraft } from "../outbox";
import { object, text } from "../parse";
import { readDrafts } from "../store/drafts";
import { me } from "../store/state";
import { useEditing, type Version } from "./editing";

interface Said {
  text: string;
}
interface Sent {
  text: string;
  base: string | null;
  answer: (version: string, said?: string) => Promise<void>;
  fail: (error: unknown) => Promise<void>;
}

const version = (name: string | null, said: string): Version<Said> => ({
  version: name,
  fields: { text: said },
});
const newer = (name: string, said: string) =>
  new ApiError("problem", 409, parsedProblem({ type: "/problems/newer" }), null, version(name, said));

const told = (answer: () => void) =>
  act(async () => {
    answer();
    // Long enough for what is kept in the browser, too.
    await new Promise((drawn) => setTimeout(drawn, 20));
  });

let sent: Sent[];
let person = 0;

/** A form over what the page shows; its saves are answered when the test says so. */
function open(first = version("v1", "Lugnt.")) {
  const send = ({ text: said }: Said, base: string | null) =>
    new Promise<Version<Said>>((resolve, reject) =>
      sent.push({
        text: said,
        base,
        answer: (name, there = said) => told(() => resolve(version(name, there))),
        fail: (error) => told(() => reject(error)),
      }),
    );
  const { result, rerender, unmount } = renderHook(
    ({ current }) =>
      useEditing<Said>({
        id: "week:2026-W47",
        current,
        parse: object({ text }),
        send,
        newer: (body) => body as Version<Said>,
      }),
    { initialProps: { current: first } },
  );
  return {
    now: () => result.current,
    text: () => result.current.fields.text,
    type: (said: string) => act(() => result.current.change({ text: said })),
    /** The page has asked again. */
    shows: (name: string, said: string) => act(() => rerender({ current: version(name, said) })),
    save: async () => {
      const before = sent.length;
      let saved: boolean | undefined;
      await act(async () => {
        void result.current.save().then((is) => {
          saved = is;
        });
      });
      await waitFor(() => expect(sent.length).toBe(before + 1));
      return { ...(sent.at(-1) as Sent), saved: () => saved };
    },
    unmount,
  };
}

const keptDrafts = () => drafts.value.map(({ fields }) => fields);

beforeEach(() => {
  sent = [];
  // A draft that a test leaves in the browser is nobody else's.
  me.value = { id: `bo-${person++}`, username: "bo", name: "Bo", role: "supervisor" };
  drafts.value = [];
});
afterEach(cleanup);

it("drops its draft when all that was typed is saved", async () => {
  const form = open();
  form.type("Mer ljus");
  const one = await form.save();
  expect(keptDrafts()).toMatchObject([{ fields: { text: "Mer ljus" }, based_on: "v1" }]);
  await one.answer("v2");
  await waitFor(() => expect(one.saved()).toBe(true));
  expect(form.now()).toMatchObject({ isTouched: false, sending: { is: "sent" }, theirs: null });
  expect(form.text()).toBe("Mer ljus");
  await waitFor(() => expect(drafts.value).toEqual([]));
});

it("keeps what is typed while a save is under way, to be saved over what that made", async () => {
  const form = open();
  form.type("Mer");
  const one = await form.save();
  form.type("Mer ljus");
  expect(form.now().sending.is).toBe("sending");
  await one.answer("v2");
  expect(one.saved()).toBe(false);
  expect(form.text()).toBe("Mer ljus");
  expect(form.now()).toMatchObject({ isTouched: true, sending: { is: "idle" }, theirs: null });
  await waitFor(() =>
    expect(keptDrafts()).toMatchObject([{ fields: { text: "Mer ljus" }, based_on: "v2", sent: [] }]),
  );
  const two = await form.save();
  expect(two).toMatchObject({ text: "Mer ljus", base: "v2" });
  await two.answer("v3");
  await waitFor(() => expect(drafts.value).toEqual([]));
});

it("keeps what is typed while a save is under way that fails", async () => {
  const form = open();
  form.type("Mer");
  const one = await form.save();
  form.type("Mer ljus");
  await one.fail(new ApiError("network"));
  expect(form.text()).toBe("Mer ljus");
  expect(form.now()).toMatchObject({ isTouched: true, sending: { is: "failed", problem: "offline" } });
  expect((await form.save()).base).toBe("v1");
});

it("sends nothing more while a save is under way", async () => {
  const form = open();
  form.type("Mer");
  const one = await form.save();
  form.type("Mer ljus");
  await told(() => void form.now().save());
  expect(sent).toHaveLength(1);
  await one.answer("v2");
});

it("takes its own words for nobody else's when the page hears of them before the answer", async () => {
  const form = open();
  form.type("Mer ");
  const one = await form.save();
  form.type("Mer ljus");
  form.shows("v2", "Mer");
  expect(form.now().theirs).toBeNull();
  await one.answer("v2", "Mer");
  expect(form.now().theirs).toBeNull();
  expect(form.text()).toBe("Mer ljus");
  expect((await form.save()).base).toBe("v2");
});

it("shows nothing older again that the page hears of after the answer", async () => {
  const form = open();
  form.type("Mer");
  await (await form.save()).answer("v2");
  form.type("Mer ljus");
  await (await form.save()).answer("v3");
  for (const [name, said] of [
    ["v1", "Lugnt."],
    ["v2", "Mer"],
  ] as const) {
    form.shows(name, said);
    expect(form.text()).toBe("Mer ljus");
  }
  form.type("Mer ljus!");
  expect(form.now().theirs).toBeNull();
  expect((await form.save()).base).toBe("v3");
});

it("shows beside it what somebody else wrote after one's own save, before its answer came", async () => {
  const form = open();
  form.type("Mer");
  const one = await form.save();
  form.type("Mer ljus");
  form.shows("v3", "Tre bråk.");
  await one.answer("v2");
  expect(form.text()).toBe("Mer ljus");
  expect(form.now().theirs).toEqual(version("v3", "Tre bråk."));
  act(() => form.now().keepMine());
  expect((await form.save()).base).toBe("v3");
});

it.each([
  ["the page hears of it", true],
  ["nobody has heard of it", false],
])("goes on over a save whose answer was lost: %s", async (_, isHeard) => {
  const form = open();
  form.type("Mer");
  await (await form.save()).fail(new ApiError("network"));
  form.type("Mer ljus");
  if (isHeard) form.shows("v2", "Mer");
  expect(form.now().theirs).toBeNull();
  const one = await form.save();
  if (!isHeard) await one.fail(newer("v2", "Mer"));
  await waitFor(() => expect(sent.at(-1)).toMatchObject({ text: "Mer ljus", base: "v2" }));
  await sent.at(-1)?.answer("v3");
  expect(form.now()).toMatchObject({ isTouched: false, theirs: null, sending: { is: "sent" } });
});

it("never writes over what somebody else wrote", async () => {
  const form = open();
  form.type("Mer");
  await (await form.save()).fail(newer("v2", "Tre bråk."));
  expect(form.text()).toBe("Mer");
  expect(form.now()).toMatchObject({ theirs: version("v2", "Tre bråk."), sending: { is: "idle" } });
  expect((await form.save()).base).toBe("v1");
});

it("is no conflict when it is opened again after a save that was cut off", async () => {
  const first = open();
  first.type("Mer");
  await first.save();
  first.type("Mer ljus");
  first.unmount();
  await waitFor(() => expect(keptDrafts()).toMatchObject([{ fields: { text: "Mer ljus" } }]));
  const again = open(version("v2", "Mer"));
  expect(again.text()).toBe("Mer ljus");
  expect(again.now().theirs).toBeNull();
  expect((await again.save()).base).toBe("v2");
});

it("leaves the draft that was gone on with elsewhere when an earlier save comes through", async () => {
  const first = open();
  first.type("Mer");
  const one = await first.save();
  first.unmount();
  const again = open();
  again.type("Mer ljus");
  await waitFor(() => expect(keptDrafts()).toMatchObject([{ fields: { text: "Mer ljus" } }]));
  await one.answer("v2");
  await waitFor(() => expect(one.saved()).toBe(true));
  expect(keptDrafts()).toMatchObject([{ fields: { text: "Mer ljus" } }]);
  again.unmount();
  await act(async () => undefined);
  expect(keptDrafts()).toMatchObject([{ fields: { text: "Mer ljus" } }]);
});

/** Ada signs in, who has begun the same; Bo's form is still there. */
async function anotherSignsIn() {
  const ada = { id: `ada-${person++}`, username: "ada", name: "Ada", role: "supervisor" } as const;
  me.value = ada;
  const begun = { id: `week:2026-W47:${ada.id}`, form: "desk", author: ada.id, shift: null } as const;
  const at = "2026-11-20T20:00:00.000Z";
  await saveDraft({ ...begun, at, updatedAt: at, fields: { fields: { text: "Adas" } } });
}

it("touches no draft of whoever has signed in meanwhile", async () => {
  const form = open();
  form.type("Mer");
  const one = await form.save();
  await anotherSignsIn();
  form.type("Mer ljus");
  await one.answer("v2");
  await waitFor(() => expect(one.saved()).toBe(false));
  form.unmount();
  await told(() => undefined);
  expect(await loadDrafts()).toMatchObject([{ fields: { fields: { text: "Adas" } } }]);
});

it("drops its own draft, also where another has signed in meanwhile", async () => {
  const form = open();
  form.type("Mer");
  const one = await form.save();
  const bo = me.value?.id ?? "";
  await anotherSignsIn();
  await one.answer("v2");
  await waitFor(() => expect(one.saved()).toBe(true));
  expect(await readDrafts(bo)).toEqual([]);
  expect(await loadDrafts()).toHaveLength(1);
});
