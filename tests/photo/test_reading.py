"""Reading a photo: who may, and that nothing but its pixels is given out."""

import struct
import zlib
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from app.access.context import Context
from app.audit.readings import READING
from app.blob.store import LocalStore
from app.photo import image
from app.photo.image import Unreadable, remade
from tests.conftest import PhoneOf, SignIn
from tests.support import on_sqlite
from tests.support.blobs import name_of, send, some_bytes, upload
from tests.support.canary import CANARY, assert_problem
from tests.support.client import Phone
from tests.support.factories import a_shift, an_observation
from tests.support.readings import noted
from tests.support.world import Cast

RED = (200, 30, 30)
ORIENTATION, GPS, MAKER = 0x0112, 0x8825, 0x010F


def a_photo(size: tuple[int, int] = (60, 40), kind: str = "JPEG", mode: str = "RGB", **options: Any) -> bytes:
    made = BytesIO()
    Image.new(mode, size, RED if mode == "RGB" else None).save(made, kind, **options)
    return made.getvalue()


def told_everything() -> bytes:
    """A position, a maker, a comment, and a web page behind the image's end."""
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKER] = 6, CANARY.encode()
    exif.get_ifd(GPS).update({1: "N", 2: (56.0, 10.0, 12.0), 3: "E", 4: (15.0, 35.0, 0.0)})
    return a_photo(exif=exif, comment=CANARY.encode()) + f"<script>{CANARY}</script>".encode()


def opened(content: bytes) -> Image.Image:
    found = Image.open(BytesIO(content))
    found.load()
    return found


@pytest.fixture
def store(ctx: Context) -> LocalStore:
    return LocalStore(ctx.settings.blobs_dir)


def named(phone: Phone, content: bytes, *, later: bool = False, **members: Any) -> str:
    """Named by an observation of a shift of Alva's and Cim's, but not sent."""
    shift = phone.start(a_shift(phone.author or "", "019a0000-0000-7000-8000-000000000012"))
    photo = {"sha256": name_of(content), "size": len(content), "mime": "image/jpeg", "caption": None}
    seen = phone.seal(
        "observation.create", an_observation(attachments=[] if later else [photo], **members), shift=shift
    )
    added = phone.seal("photo.attach", {"target": seen["id"], **photo}, shift=shift)
    assert {r["status"] for r in phone.send(seen, *([added] if later else []))} == {"applied"}
    return name_of(content)


def test_nothing_but_the_pixels_is_given_out(alva: Phone, store: LocalStore) -> None:
    content = told_everything()
    assert CANARY.encode() in content
    name = named(alva, content)
    upload(alva, content)
    answer = alva.get(f"/blobs/{name}")
    assert answer.status_code == 200
    shown = opened(answer.content)
    assert (shown.format, shown.size, dict(shown.getexif())) == ("JPEG", (40, 60), {})
    assert CANARY.encode() not in answer.content
    assert b"Exif" not in answer.content
    assert store.read(name) == content


def test_an_answer_is_an_image_and_nothing_else(alva: Phone) -> None:
    content = a_photo()
    named(alva, content)
    told = alva.get(f"/blobs/{upload(alva, content)}").headers
    assert told["content-type"] == "image/jpeg"
    assert told["content-disposition"] == "inline"
    assert told["x-content-type-options"] == "nosniff"
    assert told["cache-control"] == "private, no-cache"
    assert "default-src 'none'" in told["content-security-policy"]


def test_a_kept_copy_is_shown_only_to_who_may_read_it_now(alva: Phone, phone_of: PhoneOf, cast: Cast) -> None:
    """A browser that several use keeps it by its address alone."""
    content = a_photo()
    name = named(alva, content)
    upload(alva, content)
    tag = {"If-None-Match": alva.get(f"/blobs/{name}").headers["etag"]}
    kept = alva.get(f"/blobs/{name}", headers=tag)
    assert (kept.status_code, kept.content) == (304, b"")
    assert alva.get(f"/blobs/{name}", headers={"If-None-Match": '"another"'}).status_code == 200
    assert_problem(phone_of(cast.elin).get(f"/blobs/{name}", headers=tag), 404, "not-found")


def test_it_is_made_once(alva: Phone, store: LocalStore, monkeypatch: pytest.MonkeyPatch) -> None:
    content = a_photo()
    named(alva, content)
    name = upload(alva, content)
    first = alva.get(f"/blobs/{name}").content
    monkeypatch.setattr("app.photo.routes.remade", lambda _: pytest.fail("made again"))
    assert alva.get(f"/blobs/{name}").content == first == store.read_image(name)


@pytest.mark.parametrize("later", [False, True], ids=["attached", "added later"])
def test_who_may_read_the_record_may_see_its_photo(
    alva: Phone, phone_of: PhoneOf, sign_in: SignIn, cast: Cast, later: bool
) -> None:
    content = a_photo()
    name = named(alva, content, later=later)
    assert_problem(alva.get(f"/blobs/{name}"), 404, "not-found")
    send(alva, name, content[:50])
    assert_problem(alva.get(f"/blobs/{name}"), 404, "not-found")
    send(alva, name, content[50:], 50, last=True)
    for reader in (alva, phone_of(cast.cim), sign_in(cast.bo), sign_in(cast.dan)):
        assert reader.get(f"/blobs/{name}").status_code == 200
    assert_problem(sign_in(cast.elin).get(f"/blobs/{name}"), 404, "not-found")
    alva.forget_session()
    assert_problem(alva.get(f"/blobs/{name}"), 401, "session")


def test_a_photo_of_a_restricted_record_is_for_its_author_and_for_overseers(
    alva: Phone, phone_of: PhoneOf, sign_in: SignIn, cast: Cast
) -> None:
    content = a_photo()
    named(alva, content, category="X1")
    name = upload(alva, content)
    assert [r.get(f"/blobs/{name}").status_code for r in (alva, sign_in(cast.bo), sign_in(cast.dora))] == [200] * 3
    for reader in (phone_of(cast.cim), sign_in(cast.dan), sign_in(cast.elin)):
        assert_problem(reader.get(f"/blobs/{name}"), 404, "not-found")


@on_sqlite
def test_a_photo_that_no_record_names_is_for_nobody(alva: Phone, sign_in: SignIn, cast: Cast) -> None:
    name = upload(alva, a_photo())
    assert_problem(sign_in(cast.ada).get(f"/blobs/{name}"), 404, "not-found")


@on_sqlite
def test_what_only_begins_as_an_image_is_kept_and_not_shown(alva: Phone, store: LocalStore) -> None:
    content = some_bytes(900)
    named(alva, content)
    name = upload(alva, content)
    assert_problem(alva.get(f"/blobs/{name}"), 415, "media")
    assert store.read(name) == content


@pytest.mark.parametrize(("kind", "mode"), [
    ("JPEG", "RGB"), ("JPEG", "CMYK"), ("JPEG", "L"), ("PNG", "RGBA"), ("PNG", "P"), ("PNG", "1"), ("PNG", "LA"),
    ("WEBP", "RGBA"),
])  # fmt: skip
def test_every_accepted_kind_can_be_shown(kind: str, mode: str) -> None:
    shown = opened(remade(a_photo((50, 30), kind, mode)))
    assert (shown.format, shown.mode, shown.size) == ("JPEG", "RGB", (50, 30))


@pytest.mark.parametrize(("size", "shown"), [((4000, 1000), (2048, 512)), ((1000, 4000), (512, 2048))])
def test_the_longest_side_has_a_limit(size: tuple[int, int], shown: tuple[int, int]) -> None:
    for kind in ("JPEG", "PNG"):
        assert opened(remade(a_photo(size, kind))).size == shown


def a_bomb(side: int) -> bytes:
    """A PNG of a few hundred bytes that says how large it is, and holds hardly anything."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(99))) + chunk(b"IEND", b"")


@pytest.mark.parametrize("side", [9_000, 12_000, 50_000, 2**31 - 1])
def test_a_bomb_is_not_unpacked(side: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Image.Image, "thumbnail", lambda *_: pytest.fail("unpacked"))
    with pytest.raises(Unreadable):
        remade(a_bomb(side))


@pytest.mark.parametrize("content", [b"", b"\xff\xd8\xff", a_photo()[:400], a_photo(kind="GIF"), a_photo(kind="TIFF"),
                                     b"<svg xmlns='http://www.w3.org/2000/svg'/>", some_bytes(5000)])  # fmt: skip
def test_what_is_no_image_is_unreadable(content: bytes) -> None:
    with pytest.raises(Unreadable):
        remade(content)
    assert not image._ONE.locked()


@on_sqlite
@pytest.mark.parametrize("later", [False, True])
def test_who_was_shown_a_photo_at_the_desk_is_noted_by_its_record_also_from_a_copy(
    alva: Phone, sign_in: SignIn, ctx: Context, cast: Cast, later: bool
) -> None:
    content = a_photo()
    name = named(alva, content, later=later)
    bo, cim = sign_in(cast.bo), sign_in(cast.cim)
    assert bo.get(f"/blobs/{name}").status_code == 404
    upload(alva, content)
    assert [phone.get(f"/blobs/{name}").status_code for phone in (alva, cim)] == [200, 200]
    assert noted(ctx) == set()
    (seen,) = bo.get("/observations").json()["items"]
    assert bo.get(f"/blobs/{name}").status_code == 200
    assert noted(ctx) == {(cast.bo.id, "photo", seen["id"])}
    with ctx.db.write() as conn:
        conn.execute(READING.delete())
    assert bo.get(f"/blobs/{name}", headers={"If-None-Match": f'"{name}"'}).status_code == 304
    assert noted(ctx) == {(cast.bo.id, "photo", seen["id"])}
