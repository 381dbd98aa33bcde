import fc from "fast-check";
import { compactDecrypt, exportJWK, generateKeyPair } from "jose";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { writeMeta } from "../store/meta";
import { newRow, type OpRow } from "../store/rows";
import { add, newId } from ".";
import { bounded, CannotSeal, makeSealedCopy } from "./copy";
import { inParts, packPart, readLoad } from "./courier";
import { DATA_BYTES, FRAMES_MAX, fromBase45, Gathering, readFrame, toBase45, toFrames } from "./frames";
import { fromBytes, toBytes } from "./sealed";
import { aCheckin, freshPhone } from "./testing";

let open: (jwe: string) => Promise<string>;
const origin = { device: "019a0000-0000-7000-8000-0000000000d1", proof: "alvas" };

beforeEach(async () => {
  await freshPhone();
  const { publicKey, privateKey } = await generateKeyPair("ECDH-ES", { crv: "P-256", extractable: true });
  const { x = "", y = "" } = await exportJWK(publicKey);
  await writeMeta("copy_key", { kid: "k1", x, y, ...origin });
  open = async (jwe) => {
    const { plaintext, protectedHeader } = await compactDecrypt(jwe, privateKey);
    if (protectedHeader.cty !== "application/gzip") return new TextDecoder().decode(plaintext);
    const packed = new Blob([new Uint8Array(plaintext)]).stream();
    return new Response(packed.pipeThrough(new DecompressionStream("gzip"))).text();
  };
});

const written = (note: string) =>
  add({ id: newId(), type: "checkin.create", shift: "s1", position: null, data: aCheckin(note) });
const some = (length: number) => crypto.getRandomValues(new Uint8Array(length));

describe("base45", () => {
  it("is that of RFC 9285", () => {
    const encoded = (text: string) => toBase45(new TextEncoder().encode(text));
    expect([encoded("AB"), encoded("Hello!!"), encoded("base-45")]).toEqual([
      "BB8",
      "%69 VD92EX0",
      "UJCLQE7W581",
    ]);
    expect(["GGW", "::::", "A", "Å00"].map(fromBase45)).toEqual([null, null, null, null]);
  });

  it("comes back as it was", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(fromBase45(toBase45(bytes))).toEqual(new Uint8Array(bytes));
      }),
    );
  });
});

describe("codes", () => {
  it("come together in any order, some of them many times, among others' codes", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 9 * DATA_BYTES }),
        fc.infiniteStream(fc.nat()),
        async (n, dice) => {
          const bytes = some(n);
          const [frames, others] = [await toFrames(bytes), await toFrames(some(3 * DATA_BYTES))];
          const gathering = new Gathering();
          for (let turn = 0; turn < 2000; turn++) {
            const [at = 0] = dice.take(1);
            await gathering.take(others[at % others.length] ?? "");
            const progress = await gathering.take(frames[at % frames.length] ?? "");
            if (progress?.bytes) {
              expect(progress.bytes).toEqual(bytes);
              return;
            }
          }
          for (const frame of frames) await gathering.take(frame);
          expect((await gathering.take(frames[0] ?? ""))?.bytes).toEqual(bytes);
        },
      ),
      { numRuns: 20 },
    );
  });

  it("that were read wrongly, or are none of ours, count as not read", async () => {
    const [frame = ""] = await toFrames(some(500));
    fc.assert(
      fc.property(fc.nat({ max: frame.length - 5 }), fc.constantFrom(..."0A $%*+-./:"), (at, char) => {
        const wrong = frame.slice(0, 4 + at) + char + frame.slice(5 + at);
        if (wrong !== frame) expect(readFrame(wrong)).toBeNull();
      }),
    );
    for (const text of ["", "LK1:", "https://example.se", frame.toLowerCase(), frame.slice(0, -3)])
      expect(readFrame(text)).toBeNull();
  });

  it("of a forged place do not pass for the whole", async () => {
    const [first = "", second = ""] = await toFrames(some(2 * DATA_BYTES));
    const gathering = new Gathering();
    await gathering.take(first);
    // A true frame of the same id, but not that of this content.
    vi.spyOn(crypto.subtle, "digest").mockResolvedValueOnce(new ArrayBuffer(32));
    expect(await gathering.take(second)).toMatchObject({ got: 0, bytes: null });
  });

  it("are refused for what would take minutes to show", async () => {
    await expect(toFrames(new Uint8Array(DATA_BYTES * FRAMES_MAX + 1))).rejects.toThrow(RangeError);
  });
});

describe("an encrypted copy", () => {
  it("opens with the organisation's key only, and names the phone inside", async () => {
    const op = await written("Åsa vid stationen");
    const jwe = await (await makeSealedCopy()).text();
    expect(jwe).not.toContain(op.id);
    const copy = JSON.parse(await open(jwe));
    expect(copy).toMatchObject({ format: "lykta-ops", v: 1, count: 1, ...origin });
    expect(copy.ops[0]).toMatchObject({ id: op.id, hash: op.hash, seq: 1 });
    const other = await generateKeyPair("ECDH-ES", { crv: "P-256" });
    await expect(compactDecrypt(jwe, other.privateKey)).rejects.toThrow();
  });

  it("is never made plain instead: without key or cryptography it says which", async () => {
    await written("Åsa");
    vi.spyOn(crypto.subtle, "generateKey").mockRejectedValue(new DOMException("", "NotSupportedError"));
    await expect(makeSealedCopy()).rejects.toMatchObject({ why: "no-crypto" });
    await writeMeta("copy_key", null);
    await expect(makeSealedCopy()).rejects.toEqual(new CannotSeal("no-key"));
  });

  it("keeps all that is unsent, and of the sent the newest that there is room for", () => {
    const row = (n: number, state: OpRow["state"]): OpRow => ({
      ...newRow(
        { id: `${n}`, type: "t", v: 1, author: "a", shift: null, hash: "h", body: "x".repeat(1000) },
        { install: "i", seq: n },
      ),
      state,
    });
    const rows = [row(1, "pending"), row(2, "acked"), row(3, "acked"), row(4, "stuck")];
    expect(bounded(rows, 8000).map(({ id }) => id)).toEqual(["1", "3", "4"]);
    expect(bounded(rows, 10).map(({ id }) => id)).toEqual(["1", "4"]);
  });
});

describe("what is shown to a colleague's phone", () => {
  it("is there again, to the byte, and cannot be read on the way", async () => {
    const ops = [await written("Åsa"), await written("Bråk")];
    const { unsent } = await readLoad();
    const { frames, ops: shown } = await packPart(unsent);
    const gathering = new Gathering();
    let bytes: Uint8Array<ArrayBuffer> | null = null;
    for (const frame of frames.reverse()) bytes = (await gathering.take(frame))?.bytes ?? null;
    if (!bytes) throw new Error("the codes did not come together");
    const carried = fromBytes(bytes);
    expect([shown, carried?.ops]).toEqual([2, 2]);
    expect(new TextDecoder().decode(bytes)).not.toContain(ops[0]?.author);
    const copy = JSON.parse(await open(carried?.jwe ?? ""));
    expect(copy.ops.map(({ id }: { id: string }) => id)).toEqual(ops.map(({ id }) => id));
  });

  it("reads back any package that is none as none", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void fromBytes(new Uint8Array(bytes))),
    );
    expect(fromBytes(new Uint8Array(100))).toBeNull();
    const head = btoa(JSON.stringify({ alg: "none", enc: "", kid: "", ops: 1 }));
    expect(fromBytes(toBytes(`${head}..${"A".repeat(16)}.${"A".repeat(22)}.${"A".repeat(22)}`))).toBeNull();
  });

  it("goes in parts, calls for help first", async () => {
    await written("Åsa");
    const service = { service: "POL112", channel: null, observation_id: null, cause: null };
    await add({ id: newId(), type: "escalation.create", shift: "s1", position: null, data: service });
    const { unsent } = await readLoad();
    expect(unsent.map(({ type }) => type)).toEqual(["escalation.create", "checkin.create"]);
    expect(inParts(unsent, 10).map((part) => part.length)).toEqual([1, 1]);
    expect(inParts(unsent).map((part) => part.length)).toEqual([2]);
    expect(inParts([])).toEqual([]);
  });
});
