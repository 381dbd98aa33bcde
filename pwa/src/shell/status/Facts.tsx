/** What is so, one line each: a label and what is said of it. */
export function Facts({ rows }: { rows: readonly [string, string][] }) {
  return (
    <dl class="facts">
      {rows.map(([label, said]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{said}</dd>
        </div>
      ))}
    </dl>
  );
}
