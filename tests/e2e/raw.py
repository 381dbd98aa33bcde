"""What lies on a phone, as any script of its origin can read it."""

from pathlib import Path

#: Everything, as one text.
RAW = Path(__file__).with_name("raw.js").read_text(encoding="utf-8").strip()
