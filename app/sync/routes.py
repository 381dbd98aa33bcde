"""HTTP of sync (protocol §4.2–4.5, 4.7). Bodies are read in the loop, everything else runs in a worker thread."""

from typing import Annotated, Any

import orjson
from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel, Field

from app.access import copykeys
from app.access import queries as access
from app.access.context import (
    DEVICE_COOKIE,
    Context,
    Ctx,
    RecordReader,
    RecordWriter,
    Unlocker,
    context,
    find_viewer,
    pushing_phone,
)
from app.access.permission import Right
from app.audit import readings
from app.core import errors
from app.core.asking import PathId
from app.core.body import described, json_body, read_up_to
from app.core.clock import stamp
from app.core.errors import Problem
from app.core.ids import is_uuid, uuid7
from app.core.web import too_large
from app.guard.shown import note_shown
from app.journal import chain, rows
from app.observation.shown import note_restricted
from app.photo.named import named_by_stored, wanted
from app.sync.frame import IDS_MAX, LIMITS, PROTOCOLS, Raw, frame_problem, parse, raw_body, read_push
from app.sync.importing import CARRIED_BYTES_MAX, UPLOAD_BYTES_MAX, import_carried, import_copy
from app.sync.lock import open_lock
from app.sync.pull import LIMIT_DEFAULT, LIMIT_MAX
from app.sync.pull import pull as pull_feed
from app.sync.push import push as push_ops
from app.sync.threads import threads_for

router = APIRouter(prefix="/sync", tags=["sync"])
MIN_UI_BUILD = 1
SEALED: dict[str, Any] = {"application/jose": {"schema": {"type": "string"}}}
PLAIN: dict[str, Any] = {"application/json": {"schema": {"type": "object"}}}
COPY_BODY = {"requestBody": {"required": True, "content": SEALED | PLAIN}}
CARRIED_BODY = {"requestBody": {"required": True, "content": SEALED}}
#: Where more may come than elsewhere, in bytes.
LARGER = {"/sync/import": UPLOAD_BYTES_MAX}
RawBody = Annotated[Raw, Depends(raw_body)]


class Limits(BaseModel):
    ops: int
    bytes: int
    blob_chunk: int


class CopyKeyOut(BaseModel):
    """A public key as a JWK (RFC 7517)."""

    kid: str
    kty: str
    crv: str
    x: str
    y: str


class CopyProof(BaseModel):
    """For a phone that is signed in on: it goes into its copies, inside the encryption, and says who made them."""

    device: str
    proof: str


class Hello(BaseModel):
    protocol: list[int]
    epoch: str
    server_time: str
    durable_seq: int | None
    min_ui_build: int
    limits: Limits
    copy_key: CopyKeyOut = Field(description="What saved copies are encrypted to")
    copy_proof: CopyProof | None
    organisation: str | None = Field(description="Whose server this is, for people; null where nobody has named it")


class ResultOut(BaseModel):
    id: str | None
    hash: str | None
    status: str = Field(description="applied | duplicate | quarantined | retry")
    seq: int | None
    received_at: str | None
    why: str | None


class HeadOut(BaseModel):
    seq: int
    chain: str


class PushOut(BaseModel):
    nonce: str
    epoch: str
    server_time: str
    durable_seq: int | None
    results: list[ResultOut]
    head: HeadOut
    gaps: list[tuple[int, int]]
    want_blobs: list[str]
    fork: bool


class ChangeOut(BaseModel):
    seq: int
    kind: str
    id: str
    deleted: bool
    value: dict[str, Any] | None


class PullOut(BaseModel):
    epoch: str
    changes: list[ChangeOut]
    cursor: str
    more: bool


class ReconcileOut(BaseModel):
    epoch: str
    missing: list[str]
    missing_blobs: list[str]
    revoked: bool | None = Field(default=None, description="Said to a phone that was revoked, and to no other")


class ImportOut(BaseModel):
    new: int
    known: int
    quarantined: int = Field(description="Of the new: stored, but waiting for a person to look")
    damaged: int = Field(description="Not taken in: id, hash and bytes do not belong together")


class LockedKey(BaseModel):
    """As the phone's lock holds it: encrypted to the organisation when the lock was put on."""

    jwe: Annotated[str, Field(max_length=4096, pattern=r"^[\x20-\x7e]*$")]


LockedKeyBody = Annotated[LockedKey, json_body(LockedKey)]


class OpenedKey(BaseModel):
    key: str = Field(description="32 bytes, base64url")


class StoredCopy(BaseModel):
    seq: int
    received_at: str
    hash: str
    chain: str
    status: str
    why: str | None


class ReceiptOut(StoredCopy):
    id: str
    #: Other contents that came under the same id; a person must look at them.
    conflicts: list[StoredCopy]


@router.get("/hello", summary="What the server speaks and where it is")
def hello(request: Request, ctx: Ctx) -> Hello:
    key = copykeys.ensure(ctx.db, ctx.journal.clock)
    cookie = request.cookies.get(DEVICE_COOKIE)
    with ctx.db.read() as conn:
        epoch = rows.head(conn).epoch
        phone = access.device_and_authors(conn, cookie)[0] if cookie else None
    proof = None if phone is None else CopyProof(device=phone.id, proof=key.proof(phone.id))
    return Hello(protocol=list(PROTOCOLS), epoch=epoch, server_time=stamp(ctx.journal.clock()),
                 durable_seq=ctx.durable.seq(), min_ui_build=MIN_UI_BUILD, limits=Limits(**LIMITS),
                 copy_key=CopyKeyOut(**key.public), copy_proof=proof, organisation=ctx.settings.own_name)  # fmt: skip


@router.post("/push", summary="Hand in ops", response_model=PushOut)
async def push(request: Request) -> Response:
    """One result per op, in the order sent, only after a synced commit. Needs only the phone's cookie."""
    raw, ctx = await raw_body(request), await context(request)  # as dependencies they would cost more than they do

    def answered() -> bytes:
        phone = pushing_phone(request, ctx)
        return orjson.dumps(push_ops(ctx, phone, read_push(parse(raw))))

    return Response(await run_sync(answered, limiter=threads_for(raw)), media_type="application/json")


@router.post(
    "/reconcile", summary="Which of these ids are missing here", response_model=ReconcileOut,
    response_model_exclude_none=True,
)  # fmt: skip
def reconcile(request: Request, raw: RawBody, ctx: Ctx) -> ReconcileOut:
    """A revoked phone hears that it is one: when nothing is missing any more, it empties itself."""
    phone = pushing_phone(request, ctx)
    body = parse(raw)
    ids = body.get("ids") if isinstance(body, dict) else None
    if not isinstance(ids, list) or len(ids) > IDS_MAX or not all(is_uuid(i) for i in ids):
        raise frame_problem("/ids")
    with ctx.db.read() as conn:
        known = rows.known(conn, ids)
        epoch = rows.head(conn).epoch
        missing_blobs = wanted(conn, named_by_stored(conn, ids, phone.id, phone.authors))
    return ReconcileOut(epoch=epoch, missing=[i for i in ids if i not in known], missing_blobs=missing_blobs,
                        revoked=phone.is_revoked or None)  # fmt: skip


@router.post("/import", summary="Take in a phone's own copy of its ops", openapi_extra=COPY_BODY)
async def import_ops(viewer: RecordWriter, request: Request, ctx: Ctx) -> ImportOut:
    """The file of "Spara en kopia", as it is, encrypted or plain. Again with the same file changes nothing.

    Who handed it in is noted.
    """
    raw = await read_up_to(UPLOAD_BYTES_MAX, request, too_large(UPLOAD_BYTES_MAX))

    def taken_in() -> ImportOut:
        copy = import_copy(ctx, raw)
        readings.note(ctx.db, viewer_id=viewer.id, what="import", subject=uuid7(), at=ctx.journal.clock())
        return ImportOut(**copy.as_json())

    return await run_in_threadpool(taken_in)


@router.post("/import/carried", summary="Take in what a phone carried for another", openapi_extra=CARRIED_BODY)
async def import_carried_ops(request: Request, ctx: Ctx) -> ImportOut:
    """An encrypted copy that proves which phone made it. Needs only the carrying phone's cookie. Idempotent."""
    await run_in_threadpool(pushing_phone, request, ctx)
    raw = await read_up_to(CARRIED_BYTES_MAX, request, too_large(CARRIED_BYTES_MAX))
    return ImportOut(**(await run_in_threadpool(import_carried, ctx, raw)).as_json())


@router.post("/unlock", summary="The key of a locked phone whose PIN was forgotten", openapi_extra=described(LockedKey))
def unlock(viewer: Unlocker, asked: LockedKeyBody, request: Request, response: Response, ctx: Ctx) -> OpenedKey:
    """For a person who has just signed in on the phone; who had which phone opened is noted."""
    response.headers["Cache-Control"] = "no-store"
    found = find_viewer(request, ctx)
    return OpenedKey(key=open_lock(ctx, viewer, found[1] if found else None, asked.jwe.encode()))


@router.get("/pull", summary="What changed after a cursor", response_model=PullOut)
def pull(
    viewer: RecordReader, ctx: Ctx,
    cursor: Annotated[str | None, Query(max_length=500)] = None,
    limit: Annotated[int, Query(ge=1, le=LIMIT_MAX)] = LIMIT_DEFAULT,
) -> Response:  # fmt: skip
    with ctx.db.read() as conn:
        feed = pull_feed(conn, viewer, cursor, limit, ctx.journal.clock())
    shown = [change["value"] | {"id": change["id"]} for change in feed["changes"] if change["value"] is not None]
    note_shown(ctx.db, viewer, shown, ctx.journal.clock())
    records = [change["value"] for change in feed["changes"] if change["kind"] == "observation" and change["value"]]
    note_restricted(ctx.db, viewer, records, ctx.journal.clock())
    return Response(orjson.dumps(feed), media_type="application/json", headers={"Cache-Control": "no-store"})


@router.get("/receipts/{op_id}", summary="What the server holds of one op")
def receipt(op_id: PathId, request: Request, ctx: Ctx) -> ReceiptOut:
    """For a person in doubt: no content, only that it is here, since when, and where in the chain."""
    _person_or_phone(request, ctx)
    with ctx.db.read() as conn:
        copies = [_copy(row) for row in rows.copies(conn, op_id)]
    if not copies:
        raise Problem(errors.NOT_FOUND)
    return ReceiptOut(id=op_id, conflicts=copies[1:], **copies[0].model_dump())


def _copy(row: Any) -> StoredCopy:
    return StoredCopy(seq=row.seq, received_at=stamp(row.received_at), hash=chain.text(bytes(row.hash)),
                      chain=chain.text(bytes(row.chain)), status=row.status, why=row.why)  # fmt: skip


def _person_or_phone(request: Request, ctx: Context) -> None:
    found = find_viewer(request, ctx)
    if found is not None:
        if not found[0].may(Right.RECORD_READ):
            raise Problem(errors.FORBIDDEN)
        return
    cookie = request.cookies.get(DEVICE_COOKIE)
    with ctx.db.read() as conn:
        if not cookie or access.device_and_authors(conn, cookie)[0] is None:
            raise Problem(errors.SESSION)
