"""What one phone's screen shows, as the film that another phone's camera sees."""

import base64
import io
import time
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

#: As a camera has it; the code fills most of its height.
WIDTH, HEIGHT, CODE = 960, 720, 560
#: Chromium plays such a file at thirty pictures a second; a code is shown for a fifth of one.
PICTURES_EACH = 6
PATIENCE_S = 20
#: Nothing before the first is drawn: a canvas that is not is twice as wide as it is high.
SHOWN = """(() => {
  const canvas = document.querySelector('canvas.code');
  return canvas.width === canvas.height ? canvas.toDataURL('image/png') : null;
})()"""


def codes_shown(page: Page, total: int) -> list[bytes]:
    """Each code that the screen goes through, once, as the picture that is on it."""
    seen: dict[str, bytes] = {}
    deadline = time.monotonic() + PATIENCE_S
    while len(seen) < total:
        assert time.monotonic() < deadline, f"{len(seen)} of {total} codes after {PATIENCE_S} s"
        url = page.evaluate(SHOWN)
        if url is not None:
            seen.setdefault(url, base64.b64decode(url.partition(",")[2]))
        page.wait_for_timeout(40)
    return list(seen.values())


def film(codes: list[bytes], file: Path) -> None:
    """For Chromium's --use-file-for-fake-video-capture: JPEG after JPEG, a dim room around the screen."""
    with file.open("wb") as out:
        for code in codes:
            room = Image.new("RGB", (WIDTH, HEIGHT), (70, 66, 60))
            screen = Image.open(io.BytesIO(code)).convert("RGB").resize((CODE, CODE), Image.Resampling.BILINEAR)
            room.paste(screen, ((WIDTH - CODE) // 2 + 30, (HEIGHT - CODE) // 2))
            for _ in range(PICTURES_EACH):
                room.save(out, "JPEG", quality=80)
