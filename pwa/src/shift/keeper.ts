/**
 * Keeps a form on the phone while it is being filled in. A change is written within 250 ms of being made, at
 * once when the app is put away, and never after the form is done: a late write would bring a sent draft back.
 */
import { type Draft, saveDraft } from "../outbox";

const WAIT_MS = 250;

export class Keeper {
  #waiting: Draft | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #writing: Promise<void> = Promise.resolve();
  #isDone = false;
  readonly #onOutcome: (isKept: boolean) => void;

  constructor(onOutcome: (isKept: boolean) => void) {
    this.#onOutcome = onOutcome;
  }

  keep(draft: Draft): void {
    if (this.#isDone) return;
    this.#waiting = draft;
    this.#timer ??= setTimeout(() => void this.flush(), WAIT_MS);
  }

  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const draft = this.#waiting;
    this.#waiting = null;
    if (draft !== null && !this.#isDone)
      this.#writing = this.#writing
        .then(() => saveDraft(draft))
        .then(
          () => this.#onOutcome(true),
          () => this.#onOutcome(false),
        );
    return this.#writing;
  }

  /** Nothing is written after this resolves. */
  async done(): Promise<void> {
    this.#isDone = true;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.#writing;
  }

  /** The save did not come about: the form lives on, and so does its keeping. */
  resume(draft: Draft): Promise<void> {
    this.#isDone = false;
    this.#waiting = draft;
    return this.flush();
  }
}
