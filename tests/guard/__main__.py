"""Prints the figures of docs/words.md."""

from tests.guard.words import SEED, false_positives, recall


def main() -> None:
    told = false_positives()
    lines = [f"{sum(told.texts.values())} notices, {told.characters} characters; marked in them, all wrongly:"]
    lines += [f"  {kind}: {n}" for kind, n in sorted(told.marked.items())]
    lines += [f"found of what was put into notices (seed {SEED}):"]
    lines += [f"  {what}: {met} of {n} ({100 * met / n:.1f} %)" for what, (met, n) in recall().items()]
    print("\n".join(lines))


main()
