"""A photo made anew for reading: only its pixels are kept. No database, no HTTP."""

import threading
from io import BytesIO

from PIL import Image, ImageOps

SIDE_MAX = 2048
#: More than any phone's photo of 10 MB. What says that it is larger is refused before a pixel is unpacked.
PIXELS_MAX = 64_000_000
FORMATS = ("JPEG", "PNG", "WEBP")
QUALITY = 85
#: An image may take a few hundred megabytes while it is unpacked: one at a time.
_ONE = threading.Lock()


class Unreadable(Exception):
    """The bytes are no image that could be shown."""


def remade(content: bytes) -> bytes:
    """JPEG, upright, at most SIDE_MAX on its longest side, without EXIF, position, comment or what lies behind it.

    Raises Unreadable.
    """
    with _ONE:
        try:
            return _remade(content)
        except Exception as error:  # decoders meet bytes that somebody made up, and raise whatever they like
            raise Unreadable from error


def _remade(content: bytes) -> bytes:
    with Image.open(BytesIO(content), formats=FORMATS) as found:
        if found.width * found.height > PIXELS_MAX:
            raise Unreadable
        found.draft("RGB", (SIDE_MAX, SIDE_MAX))  # a JPEG is unpacked no larger than needed
        found.thumbnail((SIDE_MAX, SIDE_MAX))
        upright = ImageOps.exif_transpose(found).convert("RGBA")
    # Into a new image: a copy would carry the old one's comment and profile along.
    clean = Image.new("RGB", upright.size, "white")
    clean.paste(upright, mask=upright)
    made = BytesIO()
    clean.save(made, "JPEG", quality=QUALITY)
    return made.getvalue()
