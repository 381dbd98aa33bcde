import { cleanup, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { writeMeta } from "../store/meta";
import { me, organisation, unsentCount } from "../store/state";
import { go } from "../ui";
import { SignIn } from "./SignIn";
import { acceptInvitation, signIn, signOut } from "./session";
import { setStage } from "./testing/cast";
import { seen, tap, type } from "./testing/play";
import Welcome from "./Welcome";

vi.mock("./session", () => ({
  signIn: vi.fn(),
  signOut: vi.fn(),
  acceptInvitation: vi.fn(),
  PASSWORD_MIN: 10,
}));

beforeEach(() => {
  setStage();
  me.value = null;
  vi.mocked(signIn).mockReset();
  vi.mocked(acceptInvitation).mockReset();
});
afterEach(cleanup);

async function tryToSignIn(): Promise<void> {
  type("Användarnamn", "alva");
  type("Lösenord", "tre ord efter");
  await tap("Logga in");
}

describe("signing in", () => {
  it("is what a password manager knows how to fill", () => {
    render(<SignIn />);
    const user = screen.getByLabelText("Användarnamn");
    const word = screen.getByLabelText("Lösenord");
    expect([user.getAttribute("name"), user.getAttribute("autocomplete")]).toEqual(["username", "username"]);
    expect([word.getAttribute("type"), word.getAttribute("autocomplete")]).toEqual([
      "password",
      "current-password",
    ]);
    expect(user.closest("form")).toBe(word.closest("form"));
  });

  it.each([
    [{ why: "wrong" }, /Fel användarnamn eller lösenord/],
    [{ why: "slowed", retry_s: 17 }, "För många försök. Vänta 17 sekunder."],
    [{ why: "offline" }, /Ingen kontakt med servern/],
    [{ why: "not-lykta" }, /Nätet svarar, men inte Lykta/],
    [{ why: "server" }, /Servern kunde inte ta emot/],
    [{ why: "storage" }, /kan inte spara något här/],
  ] as const)("says %o in words, and keeps what was typed", async (refusal, words) => {
    vi.mocked(signIn).mockResolvedValue(refusal);
    render(<SignIn />);
    await tryToSignIn();
    await seen(words);
    expect(screen.getByLabelText<HTMLInputElement>("Användarnamn").value).toBe("alva");
  });

  it("says whose Lykta it is, as the server last said", async () => {
    await writeMeta("organisation", "Lyckhamns kommun");
    render(<SignIn />);
    await seen("Lyckhamns kommun");
    cleanup();
    organisation.value = "Grannköpings kommun";
    render(<Welcome code="abc" />);
    await seen("Grannköpings kommun");
    await writeMeta("organisation", null);
  });

  it.each([
    ["#/pass/s-1", "#/pass/s-1"],
    ["#/logga-in", "#/"],
  ])("leads from %s to %s", async (asked, then) => {
    go(asked);
    vi.mocked(signIn).mockResolvedValue({ why: "ok" });
    render(<SignIn />);
    await tryToSignIn();
    await waitFor(() => expect(location.hash || "#/").toBe(then));
    expect(signIn).toHaveBeenCalledOnce();
  });

  it("does not pull back whoever has gone on already", async () => {
    go("#/logga-in");
    vi.mocked(signIn).mockImplementation(async () => {
      go("#/pass/s-2");
      return { why: "ok" };
    });
    render(<SignIn />);
    await tryToSignIn();
    await waitFor(() => expect(signIn).toHaveBeenCalledOnce());
    await new Promise((done) => setTimeout(done));
    expect(location.hash).toBe("#/pass/s-2");
  });

  it("does not ask the server while it is slowed", async () => {
    vi.mocked(signIn).mockResolvedValue({ why: "slowed", retry_s: 17 });
    render(<SignIn />);
    await tryToSignIn();
    await seen(/Vänta 17/);
    await tap("Logga in");
    expect(signIn).toHaveBeenCalledOnce();
  });

  it("shows the password when asked to", async () => {
    render(<SignIn />);
    await tap("Visa");
    expect(screen.getByLabelText("Lösenord").getAttribute("type")).toBe("text");
  });

  it("tells whose phone it is, and that what is unsent is safe", async () => {
    setStage();
    unsentCount.value = 3;
    render(<SignIn />);
    expect(screen.getByText(/Alva Lind använder den här telefonen/)).toBeTruthy();
    expect(screen.getByText(/3 osända poster ligger kvar/)).toBeTruthy();
    await tap("Någon annan");
    expect(signOut).toHaveBeenCalledOnce();
  });
});

describe("a newcomer's link", () => {
  const choose = async (first: string, again: string) => {
    render(<Welcome code="abc" />);
    type("Nytt lösenord", first);
    type("Samma lösenord igen", again);
    await tap("Spara lösenordet");
  };

  it("leads to signing in", async () => {
    vi.mocked(acceptInvitation).mockResolvedValue({ why: "ok" });
    await choose("tre ord efter", "tre ord efter");
    await seen("Lösenordet är sparat. Logga in.");
    expect(acceptInvitation).toHaveBeenCalledWith("abc", "tre ord efter");
    expect(screen.getByRole("link", { name: "Logga in" })).toBeTruthy();
  });

  it("refuses two different passwords without asking the server", async () => {
    await choose("tre ord efter", "tre ord före");
    await seen("De två lösenorden är inte lika.");
    expect(acceptInvitation).not.toHaveBeenCalled();
  });

  it.each([
    [{ why: "used" }, /redan använd eller för gammal/],
    [{ why: "short" }, /minst 10 tecken\.$/],
    [{ why: "offline" }, /Ingen kontakt/],
  ] as const)("says %o in words", async (outcome, words) => {
    vi.mocked(acceptInvitation).mockResolvedValue(outcome);
    await choose("tre ord efter", "tre ord efter");
    await waitFor(() => expect(screen.getByRole("alert").textContent).toMatch(words));
  });
});
