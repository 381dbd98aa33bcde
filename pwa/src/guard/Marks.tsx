import { useEffect, useState } from "preact/hooks";
import type { Guard } from "./useGuard";

const load = () => import("./Findings");
type Parts = Awaited<ReturnType<typeof load>>;

/** Under a field: what in it looks like words that must not be kept. A form without it can be saved all the same. */
export function Marks({ guard, field }: { guard: Guard; field: string }) {
  const [parts, setParts] = useState<Parts | null>(null);
  useEffect(() => void load().then(setParts, () => undefined), []);
  return (
    <div role="status" class="marks">
      {parts ? <parts.Findings guard={guard} field={field} /> : null}
    </div>
  );
}
