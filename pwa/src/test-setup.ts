import "fake-indexeddb/auto";
import { expect } from "vitest";

// A screen comes when it comes: on a busy machine a second, which is what is waited otherwise, is too short.
if (expect.getState().testPath?.endsWith("x")) {
  const { configure } = await import("@testing-library/preact");
  configure({ asyncUtilTimeout: 8_000 });
}
