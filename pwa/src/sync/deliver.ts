/** Hands in carried copies, one after the other. Doing it twice, or in two tabs, does no harm: the server knows them. */
import { ApiError, api } from "../api";
import { type Carried, carried, importAnswer, keepCarried } from "../store/carried";

const TIMEOUT_MS = 60_000;
/** Lykta's own words for a copy that will not be taken the next time either. */
const REFUSED: readonly (number | null)[] = [413, 422];
let running = false;
/** Answers that could not be kept yet: what the server said the first time is what is told. */
const answers = new Map<string, Answer>();

type Answer = Pick<Carried, "state" | "why" | "told">;

export async function deliver(): Promise<void> {
  if (running) return;
  running = true;
  try {
    for (const row of carried.value.filter(({ state }) => state === "waiting")) {
      const answer = answers.get(row.id) ?? (await handIn(row));
      if (answer === null) return;
      answers.set(row.id, answer);
      await keepCarried({ ...row, ...answer });
      answers.delete(row.id);
    }
  } finally {
    running = false;
  }
}

/** Null where nobody answered: the others would not be taken now either. */
async function handIn({ jwe }: Carried): Promise<Answer | null> {
  try {
    const body = new Blob([jwe], { type: "application/jose" });
    const told = await api.post("/sync/import/carried", body, importAnswer, { timeoutMs: TIMEOUT_MS });
    // What came damaged out of an unbroken encryption was damaged on the colleague's phone: it is told, not kept.
    return { state: "delivered", why: null, told };
  } catch (error) {
    if (error instanceof ApiError && error.problem !== null && REFUSED.includes(error.status))
      return { state: "refused", why: error.code, told: null };
    return null;
  }
}
