"""Where people can be told. Facts about devices and keys: never in the journal, and no rebuild makes them."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from app.core.columns import id_field, text_field, time_field


class PushKey(SQLModel, table=True):
    """The organisation's key pair towards push services (VAPID, RFC 8292), as a JWK."""

    __tablename__ = "push_key"
    kid: str = Field(primary_key=True, sa_type=sa.String(43))
    jwk: str = text_field()
    created_at: datetime = time_field()


class PushSubscription(SQLModel, table=True):
    """A browser that said where it can be reached. Whoever knows `endpoint` can send to it: it is a secret."""

    __tablename__ = "push_subscription"
    #: SHA-256 of the endpoint, in hex.
    id: str = Field(primary_key=True, sa_type=sa.String(64))
    person_id: str = id_field(index=True)
    device_id: str | None = id_field(default=None)
    endpoint: str = text_field()
    p256dh: str = text_field()
    auth: str = text_field()
    #: The key of ours that it was made for: the push service takes no other.
    kid: str = Field(sa_type=sa.String(43))
    created_at: datetime = time_field()
    #: When the browser last said that it still has it.
    seen_at: datetime = time_field()
    told_at: datetime | None = time_field(default=None)
    #: When the push service said that there is no such subscription any more.
    dead_at: datetime | None = time_field(default=None)
