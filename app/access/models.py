"""Who may come in. `person` is a projection; credentials, sessions and devices are secrets and never in the journal."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from app.core.columns import code_field, id_field, text_field, time_field

#: What stands for the username of somebody who was erased; nobody can have been given it.
ERASED = "erased:"


class Person(SQLModel, table=True):
    __tablename__ = "person"
    id: str = id_field(primary_key=True)
    username: str = Field(sa_type=sa.String(60), unique=True)
    name: str = text_field()
    role: str = code_field()
    active: bool = Field(sa_type=sa.Boolean)
    changed_seq: int = Field(sa_type=sa.BigInteger, index=True)


class PersonContact(SQLModel, table=True):
    """How a person can be told outside the app; a projection, apart from `person` since hardly anybody may read it."""

    __tablename__ = "person_contact"
    person_id: str = id_field(primary_key=True)
    email: str | None = text_field(default=None)
    #: International, such as +46701234567.
    mobile: str | None = Field(default=None, sa_type=sa.String(16))
    changed_seq: int = Field(sa_type=sa.BigInteger)


class PersonLanguage(SQLModel, table=True):
    """In which language a person wants to be told; a projection."""

    __tablename__ = "person_language"
    person_id: str = id_field(primary_key=True)
    language: str = code_field()
    changed_seq: int = Field(sa_type=sa.BigInteger)


class Account(SQLModel, table=True):
    """A person's password (argon2id) or the one-time code with which to choose it."""

    __tablename__ = "account"
    person_id: str = id_field(primary_key=True)
    password_hash: str | None = text_field(default=None)
    invitation_hash: str | None = Field(default=None, sa_type=sa.String(64), index=True)
    invitation_expires_at: datetime | None = time_field(default=None)


class Device(SQLModel, table=True):
    """A phone that has been signed in on: it may push, and only push. What it pushes once revoked is set aside."""

    __tablename__ = "device"
    id: str = id_field(primary_key=True)
    token_hash: str = Field(sa_type=sa.String(64), unique=True)
    install: str = id_field(index=True)
    label: str = text_field()
    created_at: datetime = time_field()
    revoked_at: datetime | None = time_field(default=None)


class DeviceUser(SQLModel, table=True):
    """Who has signed in on which phone; an author who never has is put in quarantine."""

    __tablename__ = "device_user"
    device_id: str = id_field(primary_key=True)
    person_id: str = id_field(primary_key=True)
    signed_in_at: datetime = time_field()


class DeviceReport(SQLModel, table=True):
    """What a phone last said of itself when it pushed."""

    __tablename__ = "device_report"
    install: str = id_field(primary_key=True)
    device_id: str = id_field()
    label: str = text_field()
    pending: int | None = Field(default=None, sa_type=sa.BigInteger)
    pending_max_seq: int | None = Field(default=None, sa_type=sa.BigInteger)
    skew_ms: float | None = Field(default=None, sa_type=sa.Float)
    #: Whether the browser has promised not to clear its storage; null where it does not say.
    persisted: bool | None = Field(default=None, sa_type=sa.Boolean)
    build: str | None = Field(default=None, sa_type=sa.String(40))
    #: When the oldest of what it still held was begun, by its own clock.
    oldest_at: datetime | None = time_field(default=None)
    #: Percent left when it last pushed; null where the browser does not say.
    battery: int | None = Field(default=None, sa_type=sa.SmallInteger)
    seen_at: datetime = time_field()
    #: When the same phone came back with an empty store: what it held and had not sent is gone from it.
    emptied_at: datetime | None = time_field(default=None)


class SignIn(SQLModel, table=True):
    """A signed-in person's session; only the hash of its token is kept."""

    __tablename__ = "sign_in"
    token_hash: str = Field(sa_type=sa.String(64), primary_key=True)
    person_id: str = id_field(index=True)
    device_id: str | None = id_field(default=None)
    expires_at: datetime = time_field()


class SignInFailure(SQLModel, table=True):
    """Failures per account and per address, kept as hashes: names that people type by mistake may be passwords."""

    __tablename__ = "sign_in_failure"
    key_hash: str = Field(sa_type=sa.String(64), primary_key=True)
    failures: int = Field(sa_type=sa.Integer)
    last_at: datetime = time_field()


class ApiToken(SQLModel, table=True):
    __tablename__ = "api_token"
    id: str = id_field(primary_key=True)
    token_hash: str = Field(sa_type=sa.String(64), unique=True)
    name: str = text_field()
    scopes: str = text_field()
    created_at: datetime = time_field()
    revoked_at: datetime | None = time_field(default=None)


class CopyKey(SQLModel, table=True):
    """A key pair of the organisation for saved copies (JWK), and the secret from which phones' proofs are made."""

    __tablename__ = "copy_key"
    kid: str = Field(primary_key=True, sa_type=sa.String(43))
    jwk: str = text_field()
    secret: str = text_field()
    created_at: datetime = time_field()
