import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { render as draw } from "preact";
import { afterEach, describe, expect, it, vi } from "vitest";
import { DeskPage } from "../review/DeskPage";
import {
  Chips,
  ErrorView,
  FormPage,
  LeaveSheet,
  ManyChips,
  Page,
  SaveFoot,
  Sheet,
  StateWord,
  Tabs,
  TimeField,
} from "./index";
import { parseHash } from "./router";
import { parseTime } from "./TimeField";

afterEach(cleanup);

describe("Sheet", () => {
  it("is a named dialog that Escape closes", () => {
    const onClose = vi.fn();
    render(
      <Sheet title="Välj plats" onClose={onClose}>
        <p>Innehåll</p>
      </Sheet>,
    );
    fireEvent(screen.getByRole("dialog", { name: "Välj plats" }), new Event("cancel", { cancelable: true }));
    fireEvent.click(screen.getByRole("button", { name: "Stäng" }));
    expect(onClose).toHaveBeenCalledTimes(2);
  });

  it("is open as soon as it is drawn", () => {
    const box = document.body.appendChild(document.createElement("div"));
    draw(<Sheet title="Plats" onClose={() => {}} children="." />, box);
    expect(box.querySelector("dialog")?.open).toBe(true);
    draw(null, box);
    box.remove();
  });

  it("gives the focus back to what opened it", () => {
    render(<button type="button">Öppna</button>);
    screen.getByRole("button").focus();
    const { unmount } = render(
      <Sheet title="Plats" onClose={() => {}}>
        .
      </Sheet>,
    );
    unmount();
    expect(document.activeElement?.textContent).toBe("Öppna");
  });

  it("gives the focus to the heading where what opened it has gone too", async () => {
    const view = (state: "before" | "open" | "after") => (
      <Page title="Klotter">
        {state === "after" ? null : <button type="button">Ta tillbaka</button>}
        {state === "open" ? (
          <Sheet title="Varför?" onClose={() => {}}>
            .
          </Sheet>
        ) : null}
      </Page>
    );
    const { rerender } = render(view("before"));
    screen.getByRole("button", { name: "Ta tillbaka" }).focus();
    rerender(view("open"));
    await screen.findByRole("dialog");
    screen.getByRole("button", { name: "Stäng" }).focus();
    rerender(view("after"));
    await Promise.resolve();
    expect(document.activeElement?.tagName).toBe("H1");
  });
});

describe("a screen", () => {
  // Later than at once, whoever already tabs on in the new screen is thrown back to its top.
  it.each([
    ["Pass", <Page title="Pass">.</Page>],
    [
      "Observation",
      <FormPage title="Observation" onClose={() => {}}>
        .
      </FormPage>,
    ],
    ["Läget", <DeskPage title="Läget">.</DeskPage>],
  ])("has the focus at its heading %s as soon as it is drawn", (title, shown) => {
    const box = document.body.appendChild(document.createElement("div"));
    draw(shown, box);
    expect(document.activeElement?.textContent).toBe(title);
    draw(null, box);
    box.remove();
  });
});

describe("a form that fills the screen", () => {
  it("hears Escape as soon as it is drawn", () => {
    const box = document.body.appendChild(document.createElement("div"));
    const onClose = vi.fn();
    draw(<FormPage title="Observation" onClose={onClose} children="." />, box);
    document.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
    expect(onClose).toHaveBeenCalledTimes(1);
    draw(null, box);
    box.remove();
  });
});

describe("Chips", () => {
  const choices = [
    { value: "a", label: "Första" },
    { value: "b", label: "Andra" },
  ];

  it("are radio buttons in a named group", () => {
    const onChange = vi.fn();
    render(<Chips legend="Allvar" choices={choices} value="a" onChange={onChange} />);
    expect(screen.getByRole("group", { name: "Allvar" })).toBeTruthy();
    fireEvent.click(screen.getByRole("radio", { name: "Andra" }));
    expect(onChange).toHaveBeenLastCalledWith("b");
  });

  it("take an optional answer away with a second tap", () => {
    const onChange = vi.fn();
    render(<Chips legend="Antal" choices={choices} value="a" onChange={onChange} optional />);
    fireEvent.click(screen.getByRole("radio", { name: "Första" }));
    expect(onChange).toHaveBeenLastCalledWith(null);
  });

  it("can be several", () => {
    const onChange = vi.fn();
    render(<ManyChips legend="Vad vi gjorde" choices={choices} values={["a"]} onChange={onChange} />);
    fireEvent.click(screen.getByRole("checkbox", { name: "Andra" }));
    expect(onChange).toHaveBeenLastCalledWith(["a", "b"]);
  });
});

describe("StateWord", () => {
  it.each([
    [{ state: "pending" }, "Endast i telefonen"],
    [{ state: "sent", at: "2026-11-20T21:05:00Z" }, "Skickad 22:05"],
    [{ state: "quarantined", at: "2026-11-20T21:05:00Z", why: "type" }, "Mottagen, väntar på granskning"],
    [{ state: "stuck", why: "413" }, "Fel: tryck för att se"],
  ] as const)("says %o in words", (send, words) => {
    render(<StateWord send={send} />);
    expect(screen.getByText(words)).toBeTruthy();
  });
});

describe("TimeField", () => {
  it.each([
    ["2140", "21:40"],
    ["21:40", "21:40"],
    ["9.05", "09:05"],
    ["24:00", null],
    ["2", null],
  ])("reads %s as %s", (typed, time) => {
    expect(parseTime(typed)).toBe(time);
  });

  it("puts back what it was when nonsense is left in it", () => {
    const onTime = vi.fn();
    render(<TimeField label="Klockan" value="20:14" onTime={onTime} />);
    const field = screen.getByLabelText<HTMLInputElement>("Klockan");
    fireEvent.input(field, { target: { value: "99" } });
    fireEvent.blur(field);
    expect(field.value).toBe("20:14");
    fireEvent.input(field, { target: { value: "2140" } });
    expect(onTime).toHaveBeenLastCalledWith("21:40");
  });
});

describe("SaveFoot", () => {
  it("says that it is NOT saved when it is not", () => {
    render(<SaveFoot label="Spara" onSave={() => {}} isSealing={false} hasFailed isNotKept={false} />);
    expect(screen.getByRole("alert").textContent).toContain("INTE sparat");
  });

  it("does nothing more while it is saving", () => {
    const onSave = vi.fn();
    render(<SaveFoot label="Spara" onSave={onSave} isSealing hasFailed={false} isNotKept={false} />);
    fireEvent.click(screen.getByRole("button", { name: "Spara" }));
    expect(onSave).not.toHaveBeenCalled();
  });
});

it("LeaveSheet asks before words are thrown away", () => {
  const onDiscard = vi.fn();
  render(<LeaveSheet onStay={() => {}} onKeep={() => {}} onDiscard={onDiscard} />);
  fireEvent.click(screen.getByRole("button", { name: "Kasta" }));
  expect(onDiscard).toHaveBeenCalledOnce();
});

it("Tabs move with the arrow keys", () => {
  const onChange = vi.fn();
  const tabs = [
    { value: "list", label: "Lista" },
    { value: "map", label: "Karta" },
  ] as const;
  render(<Tabs label="Vy" tabs={tabs} value="list" onChange={onChange} />);
  fireEvent.keyDown(screen.getByRole("tablist"), { key: "ArrowRight" });
  expect(onChange).toHaveBeenCalledWith("map");
});

it("ErrorView offers a way on", () => {
  const onRetry = vi.fn();
  render(<ErrorView onRetry={onRetry}>Kartan kunde inte hämtas.</ErrorView>);
  fireEvent.click(screen.getByRole("button", { name: "Försök igen" }));
  expect(onRetry).toHaveBeenCalledOnce();
});

describe("the address", () => {
  it("is words and a query", () => {
    const { path, query } = parseHash("#/ring/forsok/019a?till=x%20y");
    expect(path).toEqual(["ring", "forsok", "019a"]);
    expect(query.get("till")).toBe("x y");
  });

  it("survives a broken escape", () => {
    expect(parseHash("#/logg/%E0%A4%A").path).toEqual(["logg", "%E0%A4%A"]);
  });
});
