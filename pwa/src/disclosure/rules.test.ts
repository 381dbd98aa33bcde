import { expect, it } from "vitest";
import { proposed, spansOf, tokensOf } from "./rules";

it("counts offsets in code points, and covers neighbours as one", () => {
  const tokens = tokensOf("😀 Ring\nAnna Ek, tack");
  expect(tokens.map(({ start, end }) => [start, end])).toEqual([
    [0, 1],
    [2, 6],
    [7, 11],
    [12, 15],
    [16, 20],
  ]);
  expect(tokens.map(({ isLineStart }) => isLineStart)).toEqual([false, false, true, false, false]);
  const masked = proposed(tokens, [[7, 14]]);
  expect(masked).toEqual([2, 3]);
  expect(spansOf(tokens, [...masked, 0])).toEqual([
    [0, 1],
    [7, 15],
  ]);
});
