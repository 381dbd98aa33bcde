// @vitest-environment node
import { afterEach, expect, it, vi } from "vitest";
import { blobHead, blobPatch } from "./upload";

afterEach(() => vi.unstubAllGlobals());

it("sends nothing of a photo that was halted while its bytes were read", async () => {
  const isHalted: boolean[] = [];
  vi.stubGlobal("fetch", async (_url: string, { signal }: RequestInit) => {
    isHalted.push(signal?.aborted === true);
    throw new DOMException("aborted", "AbortError");
  });
  const chunk = { offset: 0, chunk: new ArrayBuffer(3), size: 3 };
  await expect(blobPatch("a".repeat(64), chunk, AbortSignal.abort())).rejects.toThrow();
  await expect(blobHead("a".repeat(64), AbortSignal.abort())).rejects.toThrow();
  expect(isHalted).toEqual([true, true]);
});
