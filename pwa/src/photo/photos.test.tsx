import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import axe from "axe-core";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { setStage, startOfShift } from "../shell/testing/cast";
import { add, emptyOutbox } from "../shell/testing/outbox";
import { tap } from "../shell/testing/play";
import { letGo } from "../store/blobs";
import { type PhotoRow, photos } from "../store/photos";
import { ownOps } from "../store/state";
import { keepBytes } from "./keep";
import { PhotoField } from "./PhotoField";
import { PhotosOf } from "./PhotosOf";

vi.mock("../outbox", () => import("../shell/testing/outbox"));
vi.mock("../store/blobs", async (real) => ({
  ...(await real<object>()),
  readPhoto: vi.fn(async () => new ArrayBuffer(8)),
  letGo: vi.fn(async () => undefined),
  markNamed: vi.fn(async () => undefined),
}));
vi.mock("./keep", async (real) => ({ ...(await real<object>()), keepBytes: vi.fn() }));
vi.mock("./canvas", () => ({
  pixelsOf: async () => ({ width: 64, height: 64, data: new Uint8ClampedArray(64 * 64 * 4) }),
  cropped: async () => new ArrayBuffer(4),
  draw: () => undefined,
  dab: () => undefined,
}));

const FORM = "log o-1";
const aRow = (over: Partial<PhotoRow> = {}): PhotoRow => ({
  ...{ sha256: "a".repeat(64), size: 1000, mime: "image/jpeg", state: "kept", drafts: [FORM], offset: 0 },
  ...{ why: null, stuck_ms: null, stuck_build: null, taken_ms: 1 },
  ...over,
});
const hold = (...rows: PhotoRow[]) => {
  photos.value = new Map(rows.map((row) => [row.sha256, row]));
};
const written = ({ sha256, size, mime }: PhotoRow) => ({ sha256, size, mime, caption: null });
const record = (isSensitive = false, ...named: PhotoRow[]) =>
  render(<PhotosOf target="o-1" written={named.map(written)} isOwn mayAdd isSensitive={isSensitive} />);

beforeEach(() => {
  setStage();
  emptyOutbox();
  ownOps.value = [startOfShift()];
  URL.createObjectURL = () => "blob:1";
  URL.revokeObjectURL = () => undefined;
});
afterEach(() => {
  cleanup();
  hold();
  vi.clearAllMocks();
});

const REMIND = "Saker och platser. Inga ansikten, inga registreringsskyltar.";
const SENSITIVE = "Bara saker. Inga människor i bild, inga ansikten, inga registreringsskyltar.";

describe("what may be in a photo", () => {
  it.each([
    [false, REMIND],
    [true, SENSITIVE],
  ])(
    "is said before one is taken, in the form and at a saved record (sensitive: %s)",
    (isSensitive, words) => {
      record(isSensitive);
      expect(screen.getByText(words)).toBeTruthy();
      cleanup();
      const nothing = () => undefined;
      render(
        <PhotoField
          draft="d"
          photos={[]}
          isAllowed
          {...{ isSensitive }}
          onOpen={nothing}
          onChange={nothing}
        />,
      );
      expect(screen.getByText(words)).toBeTruthy();
    },
  );

  it("is not said where none can be added", () => {
    render(<PhotosOf target="o-1" written={[written(aRow())]} isOwn mayAdd={false} isSensitive />);
    expect(screen.queryByText(SENSITIVE)).toBeNull();
  });
});

it.each(["before", "after"])(
  "a form takes up what was taken for it, where that is read %s it opens",
  (when) => {
    const onChange = vi.fn();
    const taken = aRow({ drafts: ["d"] });
    if (when === "before") hold(taken);
    render(
      <PhotoField
        draft="d"
        photos={[]}
        isAllowed
        isSensitive={false}
        onOpen={() => {}}
        onChange={onChange}
      />,
    );
    if (when === "after") hold(taken);
    hold(taken, aRow({ sha256: "b".repeat(64), drafts: ["other"] }));
    expect(onChange.mock.calls).toEqual([[[written(taken)]]]);
  },
);

describe("a photo chosen for a saved record", () => {
  it("is hidden in before it is saved, and what it was is let go of", async () => {
    const by = written(aRow({ sha256: "b".repeat(64) }));
    vi.mocked(keepBytes).mockResolvedValue(by);
    hold(aRow());
    record();
    await tap("Dölj delar av eller beskär foto 1");
    fireEvent.keyDown(await screen.findByRole("application"), { key: " " });
    const sheet = screen.getByRole("dialog");
    const rules = { "color-contrast": { enabled: false }, region: { enabled: false } };
    expect((await axe.run(sheet, { rules })).violations.map(({ id }) => id)).toEqual([]);
    await tap("Klart");
    await waitFor(() => expect(letGo).toHaveBeenCalledWith(FORM, ["a".repeat(64)]));
    expect(vi.mocked(keepBytes).mock.calls[0]?.[1]).toBe(FORM);
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  });

  it("is left as it is where nothing was changed, or where the result is the same", async () => {
    hold(aRow());
    record();
    await tap("Dölj delar av eller beskär foto 1");
    await screen.findByRole("application");
    await tap("Klart");
    expect(keepBytes).not.toHaveBeenCalled();
    vi.mocked(keepBytes).mockResolvedValue(written(aRow()));
    await tap("Dölj delar av eller beskär foto 1");
    fireEvent.keyDown(await screen.findByRole("application"), { key: " " });
    await tap("Klart");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(letGo).not.toHaveBeenCalled();
  });

  it("is not edited while it is being saved", async () => {
    hold(aRow());
    let done: () => void = () => undefined;
    add.mockImplementationOnce(
      () =>
        new Promise((resolve) => {
          done = () => resolve(startOfShift());
        }),
    );
    record();
    await tap("Spara 1 foto");
    const edit = screen.getByRole("button", { name: "Dölj delar av eller beskär foto 1" });
    expect(edit.getAttribute("aria-busy")).toBe("true");
    done();
    await waitFor(() => expect(edit.getAttribute("aria-busy")).toBeNull());
  });
});

describe("how far a photo has come", () => {
  it.each([
    [{ state: "kept" }, "Inte sparad än"],
    [{ state: "waiting" }, "Endast i telefonen"],
    [{ state: "waiting", offset: 424 }, "Skickas 42 %"],
    [{ state: "waiting", offset: 1000 }, "Skickas 99 %"],
    [{ state: "sent", offset: 1000 }, "Skickad"],
    [{ state: "waiting", offset: 424, why: "refused" }, /^Fel: servern tar inte emot fotot/],
    [{ state: "waiting", why: "damaged" }, /^Fel: fotot har skadats/],
  ] as const)("is said in words: %o", (over, words) => {
    const row = aRow({ drafts: [], ...over });
    hold(row);
    const { container } = record(false, row);
    expect(screen.getByText(words)).toBeTruthy();
    const bar = container.querySelector("progress");
    expect(bar?.value ?? null).toBe(
      over.state === "waiting" && "offset" in over && !("why" in over) ? over.offset : null,
    );
  });
});
