"""Settings of one organisation's server: environment variables with the prefix LYKTA_, all optional."""

import re
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from app.core import outside
from app.core.errors import Refused

PROJECT_DIR = Path(__file__).resolve().parents[2]
Ladder = tuple[tuple[int, tuple[str, ...]], ...]
SECRET_CHARS_MIN = 16
RUNGS_MAX, LADDER_MIN_MAX = 20, 24 * 60
LADDER_FORM = "must be minutes:whom, in order, such as 0:host,5:partner,10:supervisors,20:admins+@disa"
_WHO = r"(?:host|partner|supervisors|admins|@[^\s,:+@]+)"
_RUNG = re.compile(rf"(\d{{1,4}}):({_WHO}(?:\+{_WHO})*)", re.ASCII)


def ladder(text: str) -> Ladder:
    """`host`, `partner`, `supervisors`, `admins` or `@username`, several with a plus. Raises ValueError."""
    found = [_RUNG.fullmatch(part.strip()) for part in text.split(",")]
    rungs = tuple((int(rung[1]), tuple(dict.fromkeys(rung[2].split("+")))) for rung in found if rung is not None)
    minutes = [after for after, _ in rungs]
    if len(rungs) < len(found) or len(rungs) > RUNGS_MAX or minutes != sorted(minutes) or minutes[-1] > LADDER_MIN_MAX:
        raise ValueError(LADDER_FORM)
    return rungs


#: The app's own name, until the organisation gives its own.
UNNAMED = "Lykta"


class Settings(BaseSettings):
    """A wrong value stops the start with a sentence that names the variable."""

    model_config = SettingsConfigDict(env_prefix="LYKTA_", extra="ignore", frozen=True)

    database_url: str | None = None
    data_dir: Path = Path("data")
    backup_dir: Path | None = None
    #: s3://bucket/prefix for photos; without it they lie in the data directory.
    store_url: str | None = None
    base_url: str | None = None
    web_dir: Path = PROJECT_DIR / "pwa" / "dist"
    organisation: str = Field(default=UNNAMED, max_length=80)
    session_hours: int = Field(default=12, ge=1, le=720)
    device_days: int = Field(default=400, ge=1, le=3650)
    #: west, south, east, north in WGS 84; imported places outside it are refused (swapped axes end up outside).
    bounds: Annotated[tuple[float, float, float, float], NoDecode] = (10.0, 55.0, 24.5, 69.2)
    #: Minutes after a promised check-in before it counts as overdue; with those of a day none ever does.
    checkin_grace_min: int = Field(default=5, ge=0, le=1440)
    #: Who is told of what, and after how many minutes: see `ladder`.
    overdue_ladder: Annotated[Ladder, NoDecode] = ladder("0:host,5:partner,10:supervisors,20:admins")
    help_ladder: Annotated[Ladder, NoDecode] = ladder("0:partner+supervisors,3:admins")
    #: After the last step all of them are told again, this often, until somebody acknowledges.
    alert_repeat_min: int = Field(default=10, ge=1, le=240)
    log_format: Literal["json", "text"] = "json"
    password_cost: Literal["normal", "cheapest"] = "normal"
    push: Literal["on", "off"] = "on"
    #: Only these push services and their subdomains, which may then be on the own network; none: any public one.
    push_hosts: Annotated[tuple[str, ...], NoDecode] = ()
    #: Whom a push service may write to: mailto:… or https://…
    push_contact: str | None = None
    smtp_url: SecretStr | None = None
    smtp_from: Annotated[str | None, Field(validate_default=True)] = None
    sms_url: SecretStr | None = None
    sms_from: str = "Lykta"
    #: Where a felanmälan goes: a system that takes it as JSON, signed with the secret; and a mailbox.
    fault_url: SecretStr | None = None
    fault_secret: Annotated[SecretStr | None, Field(validate_default=True)] = None
    fault_email: str | None = None

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str | None) -> str | None:
        if value is None or value.startswith(("sqlite:///", "postgresql+psycopg://")):
            return value
        if value.startswith(("postgresql://", "postgres://")):
            return "postgresql+psycopg://" + value.split("://", 1)[1]
        raise ValueError("must begin with sqlite:/// or postgresql://")

    @field_validator("store_url")
    @classmethod
    def _known_store(cls, value: str | None) -> str | None:
        if value is not None and (not value.startswith("s3://") or not urlsplit(value).netloc):
            raise ValueError("must be s3://bucket or s3://bucket/prefix")
        return value

    @field_validator("bounds", mode="before")
    @classmethod
    def _four_numbers(cls, value: object) -> object:
        return value.split(",") if isinstance(value, str) else value

    @field_validator("overdue_ladder", "help_ladder", mode="before")
    @classmethod
    def _rungs(cls, value: object) -> object:
        return ladder(value) if isinstance(value, str) else value

    @field_validator("base_url")
    @classmethod
    def _plain_origin(cls, value: str | None) -> str | None:
        if value is None:
            return None
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.netloc or parts.path not in ("", "/"):
            raise ValueError("must be an origin such as https://lykta.example.se")
        return f"{parts.scheme}://{parts.netloc}"

    @field_validator("push_hosts", mode="before")
    @classmethod
    def _host_names(cls, value: object) -> object:
        return outside.host_names(value) if isinstance(value, str) else value

    @field_validator("push_contact")
    @classmethod
    def _someone_to_write_to(cls, value: str | None) -> str | None:
        return value and outside.contact(value)

    @field_validator("smtp_url")
    @classmethod
    def _mail_server(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            outside.mail_server(value.get_secret_value())
        return value

    @field_validator("smtp_from")
    @classmethod
    def _sender(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value is None and info.data.get("smtp_url") is not None:
            raise ValueError("is needed where LYKTA_SMTP_URL is set")
        return value and outside.mail_address(value)

    @field_validator("sms_url")
    @classmethod
    def _gateway(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            outside.gateway(value.get_secret_value())
        return value

    @field_validator("fault_url")
    @classmethod
    def _fault_system(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            outside.gateway(value.get_secret_value())
        return value

    @field_validator("fault_secret")
    @classmethod
    def _long_enough(cls, value: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        if value is None and info.data.get("fault_url") is not None:
            raise ValueError("is needed where LYKTA_FAULT_URL is set")
        if value is not None and len(value.get_secret_value()) < SECRET_CHARS_MIN:
            raise ValueError(f"must have {SECRET_CHARS_MIN} characters at least")
        return value

    @field_validator("fault_email")
    @classmethod
    def _fault_mailbox(cls, value: str | None) -> str | None:
        return value and outside.mail_address(value)

    @field_validator("sms_from")
    @classmethod
    def _sms_sender(cls, value: str) -> str:
        return outside.sms_sender(value)

    @cached_property
    def url(self) -> str:
        """The database's URL; the embedded default lies in the data directory."""
        return self.database_url or f"sqlite:///{self.data_dir.resolve() / 'lykta.db'}"

    @property
    def own_name(self) -> str | None:
        """The organisation's, in one line, where it gave one."""
        name = " ".join(self.organisation.split())
        return None if name in ("", UNNAMED) else name

    @property
    def maps_dir(self) -> Path:
        return self.data_dir / "maps"

    @property
    def blobs_dir(self) -> Path:
        return self.data_dir / "blobs"


def load() -> Settings:
    """Read the environment. Raises Refused with one sentence per wrong setting."""
    try:
        return Settings()
    except ValidationError as error:
        wrong = [f"LYKTA_{'.'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in error.errors(include_input=False)]
        raise Refused("Wrong setting. " + "; ".join(wrong)) from None
