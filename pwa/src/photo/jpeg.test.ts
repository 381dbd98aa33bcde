// @vitest-environment node
import { describe, expect, it } from "vitest";
import { bare, NotJpeg } from "./jpeg";
import { fitted } from "./prepare";

const latin = (text: string) => [...text].map((one) => one.charCodeAt(0));
const segment = (marker: number, content: readonly number[]) => [
  ...[0xff, marker, (content.length + 2) >> 8, (content.length + 2) & 0xff],
  ...content,
];
/** Little-endian TIFF with a GPS directory: 56° N. */
const EXIF = [
  ...latin("Exif\0\0"),
  ...[0x49, 0x49, 0x2a, 0, 8, 0, 0, 0, 1, 0, 0x25, 0x88, 4, 0, 1, 0, 0, 0, 26, 0, 0, 0, 0, 0, 0, 0],
  ...[1, 0, 2, 0, 5, 0, 3, 0, 0, 0, 44, 0, 0, 0, 0, 0, 0, 0, 56, 0, 0, 0, 1, 0, 0, 0],
];
const JFIF = segment(0xe0, latin("JFIF\0\x01\x01\0\0\x01\0\x01\0\0"));
const TABLE = segment(0xdb, [0, ...Array(64).fill(1)]);
const ADOBE = segment(0xee, latin("Adobe\0d\0\0\0\0\x01"));
const SCAN = [...segment(0xda, [1, 1, 0, 0, 63, 0]), 0x12, 0xff, 0x00, 0x34, 0xff, 0xd9];
const jpeg = (...parts: readonly (readonly number[])[]) =>
  Uint8Array.from([0xff, 0xd8, ...parts.flat()]).buffer;
const plain = (buffer: ArrayBuffer) => [...new Uint8Array(buffer)];

describe("a JPEG made bare", () => {
  it("has no position, no words and no second picture, and is else the same", () => {
    const told = jpeg(
      JFIF,
      segment(0xe1, EXIF),
      segment(0xe1, latin("http://ns.adobe.com/xap/1.0/\0<x/>")),
      segment(0xe2, latin("MPF\0II*\0")),
      segment(0xed, latin("Photoshop 3.0\0")),
      segment(0xfe, latin("Alva")),
      ADOBE,
      TABLE,
      SCAN,
    );
    expect(String.fromCharCode(...new Uint8Array(told))).toContain("Exif");
    expect(plain(bare(told))).toEqual(plain(jpeg(JFIF, ADOBE, TABLE, SCAN)));
  });

  it("is refused where it is none, or cut", () => {
    const cut = jpeg(JFIF, TABLE).slice(0, 40);
    for (const bytes of [new ArrayBuffer(0), Uint8Array.from(latin("<svg/>")).buffer, cut, jpeg(JFIF)])
      expect(() => bare(bytes)).toThrow(NotJpeg);
  });
});

describe("the size of a photo", () => {
  it.each([
    [4032, 3024, 1600, 1200],
    [3024, 4032, 1200, 1600],
    [4000, 4000, 1414, 1414],
    [640, 480, 640, 480],
    [12_000, 3, 1600, 1],
  ])("%i × %i is kept as %i × %i", (width, height, w, h) => {
    expect(fitted(width, height)).toEqual({ width: w, height: h });
  });
});
