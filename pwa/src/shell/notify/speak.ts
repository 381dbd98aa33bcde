/** The server tells people in the language that their app speaks, so the app says which. */
import { api, nothing } from "../../api";
import { me, settings } from "../../store/state";

let told = "";

/** Without coverage it stays unsaid until the next start, or the next change of language. */
export async function speak(): Promise<void> {
  const user = me.peek();
  const { language } = settings.peek();
  if (user === null || told === `${user.id} ${language}`) return;
  try {
    await api.put("/notices/language", { language }, nothing);
    told = `${user.id} ${language}`;
  } catch {
    told = "";
  }
}
