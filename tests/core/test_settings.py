"""Settings: a wrong value stops the start with a sentence that names the variable and does not quote it."""

import pytest

from app.core.errors import Refused
from app.core.settings import load


@pytest.mark.parametrize(("name", "value"), [
    ("LYKTA_DATABASE_URL", "mysql://hemligt@db/lykta"), ("LYKTA_SESSION_HOURS", "hemligt"),
    ("LYKTA_SESSION_HOURS", "0"), ("LYKTA_BASE_URL", "lykta.example.se/hemligt"), ("LYKTA_BOUNDS", "hemligt"),
    ("LYKTA_BOUNDS", "1,2,3"),
    ("LYKTA_OVERDUE_LADDER", "0:hemligt"), ("LYKTA_HELP_LADDER", "5:host,3:admins"), ("LYKTA_HELP_LADDER", ""),
    ("LYKTA_ALERT_REPEAT_MIN", "0"), ("LYKTA_CHECKIN_GRACE_MIN", "-1"),
    ("LYKTA_BASE_URL", "ftp://lykta.example.se"), ("LYKTA_LOG_FORMAT", "hemligt"), ("LYKTA_DEVICE_DAYS", "-1"),
    ("LYKTA_PUSH", "hemligt"), ("LYKTA_PUSH_HOSTS", "https://hemligt.example"), ("LYKTA_PUSH_HOSTS", ","),
    ("LYKTA_PUSH_CONTACT", "hemligt"), ("LYKTA_PUSH_CONTACT", "http://hemligt.example"),
    ("LYKTA_SMTP_URL", "hemligt"), ("LYKTA_SMTP_URL", "http://hemligt@mail"), ("LYKTA_SMTP_URL", "smtps://"),
    ("LYKTA_SMTP_URL", "smtp+plain://u:hemligt@mail"), ("LYKTA_SMTP_URL", "smtps://u:hemligt@mail:x"),
    ("LYKTA_SMTP_URL", "smtps://u:hemligt%C3%A5@mail"),
    ("LYKTA_SMTP_FROM", "hemligt"), ("LYKTA_SMS_URL", "http://u:hemligt@gateway.example/sms"),
    ("LYKTA_SMS_URL", "hemligt"), ("LYKTA_SMS_FROM", "hemligt ord"), ("LYKTA_SMS_FROM", "0701234567"),
])  # fmt: skip
def test_a_wrong_setting_names_its_variable(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(Refused, match=name) as caught:
        load()
    assert "hemligt" not in str(caught.value)


def test_mail_needs_somebody_it_comes_from(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LYKTA_SMTP_URL", "smtps://lykta:hemligt@mail.example.se")
    with pytest.raises(Refused, match="LYKTA_SMTP_FROM.*LYKTA_SMTP_URL"):
        load()
    monkeypatch.setenv("LYKTA_SMTP_FROM", "lykta@example.se")
    assert "hemligt" not in repr(load()) + str(load())


@pytest.mark.parametrize("url", ["", "s3://", "http://photos", "photos"])
def test_photos_lie_in_s3_or_in_the_data_directory(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("LYKTA_STORE_URL", url)
    with pytest.raises(Refused, match="LYKTA_STORE_URL.*s3://bucket"):
        load()


@pytest.mark.parametrize("given", ["postgresql://db/lykta", "postgres://db/lykta", "postgresql+psycopg://db/lykta"])
def test_every_common_form_of_a_postgresql_url_is_understood(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("LYKTA_DATABASE_URL", given)
    assert load().url == "postgresql+psycopg://db/lykta"


def test_an_origin_is_cut_to_scheme_and_host(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LYKTA_BASE_URL", "https://lykta.example.se/")
    assert load().base_url == "https://lykta.example.se"


def test_the_embedded_database_lies_in_the_data_directory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LYKTA_DATA_DIR", "/somewhere")
    assert load().url == "sqlite:////somewhere/lykta.db"


def test_bounds_are_four_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LYKTA_BOUNDS", "14.5,56,15.25,56.5")
    assert load().bounds == (14.5, 56.0, 15.25, 56.5)


def test_a_ladder_says_who_is_told_after_how_many_minutes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LYKTA_HELP_LADDER", "0:partner+supervisors+partner, 4:@disa")
    assert load().help_ladder == ((0, ("partner", "supervisors")), (4, ("@disa",)))
