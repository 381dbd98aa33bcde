// @vitest-environment node
import { describe, expect, it } from "vitest";
import { shownOf, urlOf } from "./notice";

const sent = (more: object = {}) =>
  JSON.stringify({
    kind: "help",
    id: "a1",
    title: "Hjälplarm",
    body: "Öppna Lykta.",
    url: "#/larm/a1",
    ...more,
  });

describe("what a push message shows", () => {
  it("is its title, its sentence and where it leads, once for each alert", () => {
    const { title, options } = shownOf(sent({ urgent: true }));
    expect(title).toBe("Hjälplarm");
    expect(options).toMatchObject({
      body: "Öppna Lykta.",
      tag: "a1",
      requireInteraction: true,
      renotify: true,
    });
    expect(urlOf(options.data)).toBe("#/larm/a1");
    expect(shownOf(sent()).options.requireInteraction).toBe(false);
  });

  it.each([null, "", "no json", "null", "7", "[]", "{}", '{"title":""}', '{"title":7,"body":"x"}'])(
    "is something, whatever came: %s",
    (said) => {
      const { title, options } = shownOf(said);
      expect(title).toBe("Lykta");
      expect(options.body).toMatch(/Öppna Lykta.*Open Lykta/);
      expect(options.tag).not.toBe("");
    },
  );

  it.each(["https://evil.example/", "//evil.example", "/api/v1/session", "javascript:alert(1)", 7, null])(
    "leads nowhere but into the app: %s",
    (url) => {
      expect(shownOf(sent({ url })).options.data).toEqual({ url: "#/" });
      expect(urlOf({ url })).toBe("#/");
    },
  );
});
