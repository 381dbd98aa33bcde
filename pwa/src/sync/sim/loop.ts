/** The one event loop of a simulated world: made-up time, one task after the other, nothing real in between. */

export interface Task {
  at_ms: number;
  order: number;
  run: () => void;
  isOff: boolean;
}

const isBefore = (a: Task, b: Task) => a.at_ms < b.at_ms || (a.at_ms === b.at_ms && a.order < b.order);

export class Loop {
  now_ms = 0;
  steps = 0;
  private order = 0;
  private readonly heap: Task[] = [];

  at(at_ms: number, run: () => void): Task {
    this.order += 1;
    const task = { at_ms: Math.max(this.now_ms, at_ms), order: this.order, run, isOff: false };
    this.push(task);
    return task;
  }

  after(delay_ms: number, run: () => void): Task {
    return this.at(this.now_ms + delay_ms, run);
  }

  /** Runs one task and all promises that it settles; false when none is left before `until_ms`. */
  async turn(until_ms: number): Promise<boolean> {
    let task = this.heap[0];
    while (task?.isOff) {
      this.pop();
      task = this.heap[0];
    }
    if (!task || task.at_ms > until_ms) {
      this.now_ms = Math.max(this.now_ms, until_ms);
      return false;
    }
    this.pop();
    this.now_ms = task.at_ms;
    this.steps += 1;
    task.run();
    await new Promise(setImmediate);
    return true;
  }

  private push(task: Task): void {
    let at = this.heap.push(task) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (!this.swapIfBefore(at, above)) return;
      at = above;
    }
  }

  private pop(): void {
    const last = this.heap.pop();
    if (!last || this.heap.length === 0) return;
    this.heap[0] = last;
    for (let at = 0; ; ) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      const [a, b] = [this.heap[left], this.heap[right]];
      const least = b && a && isBefore(b, a) ? right : left;
      if (!a || !this.swapIfBefore(least, at)) return;
      at = least;
    }
  }

  /** Puts the task at `below` in place of the one at `above` if it is due first. */
  private swapIfBefore(below: number, above: number): boolean {
    const [a, b] = [this.heap[below], this.heap[above]];
    if (!a || !b || !isBefore(a, b)) return false;
    this.heap[above] = a;
    this.heap[below] = b;
    return true;
  }
}
