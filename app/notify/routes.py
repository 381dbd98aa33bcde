"""HTTP for one's own browsers and addresses: how am I told, and does it work?"""

from typing import Annotated

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field

from app.access import contact, passwords, speech
from app.access.context import Ctx, Tellable, find_viewer
from app.access.speech import Language
from app.core import errors
from app.core.errors import Problem
from app.notify import pushkeys, reach, subscriptions
from app.notify.encrypt import receiver
from app.notify.send import send
from app.notify.texts import trial
from app.notify.webpush import Target

router = APIRouter(tags=["notify"])
SubscriptionId = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
KeyText = Annotated[str, Field(min_length=1, max_length=200)]


class PushKeyOut(BaseModel):
    key: str | None = Field(description="The applicationServerKey in base64url; null where push is switched off")


class Keys(BaseModel):
    model_config = ConfigDict(extra="ignore")
    p256dh: KeyText
    auth: KeyText


class SubscriptionIn(BaseModel):
    """What `PushSubscription.toJSON()` gives, and its key of ours."""

    model_config = ConfigDict(extra="ignore")
    endpoint: Annotated[str, Field(min_length=1, max_length=reach.URL_CHARS_MAX)]
    keys: Keys
    key: KeyText = Field(description="The applicationServerKey that it was made for, in base64url")


class SubscriptionOut(BaseModel):
    id: str = Field(description="SHA-256 of the endpoint, in hex")
    state: str = Field(description="live | dead: dead asks the browser to unsubscribe and make another")


class ChannelsOut(BaseModel):
    """What this server can use, and where it reaches me."""

    push: bool
    email: str | None
    mobile: str | None
    by_email: bool
    by_sms: bool


class LanguageIn(BaseModel):
    language: Language


class TrialIn(BaseModel):
    language: Language | None = None


class SentOut(BaseModel):
    channel: str = Field(description="push | email | sms | none")
    ok: bool
    why: str | None


class TrialOut(BaseModel):
    sent: list[SentOut]


@router.get("/push/key", summary="The key that a browser subscribes for")
def push_key(ctx: Ctx, _viewer: Tellable) -> PushKeyOut:
    on = ctx.settings.push == "on"
    return PushKeyOut(key=pushkeys.ensure(ctx.db, ctx.journal.clock).public if on else None)


@router.put("/push/subscription", summary="This browser can be reached here")
def subscribe(body: SubscriptionIn, request: Request, ctx: Ctx, viewer: Tellable) -> SubscriptionOut:
    """Said again at each start of the app: it renews whose the browser is, and hears when it must subscribe anew."""
    if ctx.settings.push == "off":
        raise Problem(errors.NOT_FOUND)
    if not reach.may_be_named(body.endpoint, ctx.settings.push_hosts):
        raise Problem(errors.INVALID, errors=[{"pointer": "/endpoint", "in": "body", "code": "forbidden"}])
    try:
        receiver(body.keys.p256dh, body.keys.auth)
    except ValueError:
        raise Problem(errors.INVALID, errors=[{"pointer": "/keys", "in": "body", "code": "value_error"}]) from None
    found, key = find_viewer(request, ctx), pushkeys.ensure(ctx.db, ctx.journal.clock)
    target = Target(body.endpoint, body.keys.p256dh, body.keys.auth)
    if body.key.rstrip("=") != key.public:  # of an older key: the row of before goes on until the new one comes
        return SubscriptionOut(id=subscriptions.id_of(body.endpoint), state="dead")
    with ctx.db.write() as conn:
        alive = subscriptions.keep(conn, viewer.id, found[1] if found else None, target, key.kid, ctx.journal.clock())
    return SubscriptionOut(id=subscriptions.id_of(body.endpoint), state="live" if alive else "dead")


@router.delete("/push/subscription", status_code=204, summary="This browser is not to be told any more")
def unsubscribe(id: SubscriptionId, ctx: Ctx, viewer: Tellable) -> None:
    """Only one's own; again changes nothing."""
    with ctx.db.write() as conn:
        subscriptions.drop(conn, viewer.id, id)


@router.get("/notices/channels", summary="How I am told")
def channels(ctx: Ctx, viewer: Tellable) -> ChannelsOut:
    with ctx.db.read() as conn:
        mine = contact.read(conn, viewer, viewer.id)
    return ChannelsOut(push=ctx.settings.push == "on", email=mine.email, mobile=mine.mobile,
                       by_email=ctx.settings.smtp_url is not None, by_sms=ctx.settings.sms_url is not None)  # fmt: skip


@router.put("/notices/language", status_code=204, summary="In which language I am told")
def speak(body: LanguageIn, ctx: Ctx, viewer: Tellable) -> None:
    """Said again at each start of the app; again changes nothing."""
    speech.choose(ctx, viewer, body.language)


@router.post("/push/test", summary="Send me a notice to try")
def try_it(body: TrialIn, ctx: Ctx, viewer: Tellable) -> TrialOut:
    """By every channel that I have. A few are free, then each must wait: texts cost money."""
    keys, now = [f"notice-trial:{viewer.id}"], ctx.journal.clock()
    with ctx.db.write() as conn:
        if wait := passwords.longest_wait_s(conn, keys, now):
            raise Problem(errors.SLOWED, headers={"Retry-After": str(wait)})
        passwords.note_failure(conn, keys, now)
    if body.language is not None:
        speech.choose(ctx, viewer, body.language)
    sent = send(ctx, [viewer.id], trial())
    return TrialOut(sent=[SentOut(channel=one.channel, ok=one.ok, why=one.why) for one in sent])
