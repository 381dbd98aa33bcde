"""A notice by e-mail: one connection, encrypted unless the operator said otherwise, and no word of it in a log."""

import smtplib
import ssl
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

from app.core.outside import MailServer, mail_server
from app.core.settings import Settings
from app.notify.notice import TAKEN, Notice, Outcome, Why

SECONDS_MAX = 10.0


def send_mail(address: str, notice: Notice, settings: Settings) -> Outcome:
    assert settings.smtp_url is not None
    assert settings.smtp_from is not None
    return _send(_message(address, notice.short(), settings), settings)


def send_letter(address: str, subject: str, text: str, settings: Settings) -> Outcome:
    """What a person wrote and decided to send, once."""
    assert settings.smtp_url is not None
    assert settings.smtp_from is not None
    message = _headed(address, " ".join(subject.split()), settings)
    message.set_content(text.strip() + "\n")
    return _send(message, settings)


def _send(message: EmailMessage, settings: Settings) -> Outcome:
    assert settings.smtp_url is not None
    try:
        with _connected(mail_server(settings.smtp_url.get_secret_value())) as server:
            server.send_message(message)
    except Exception as error:
        return Outcome(False, told(error))
    return TAKEN


def try_server(settings: Settings) -> str | None:
    """Connects, encrypts and signs in, and sends nothing. Why it failed, in a few words without secrets, or None."""
    assert settings.smtp_url is not None
    try:
        with _connected(mail_server(settings.smtp_url.get_secret_value())) as server:
            server.noop()
    except Exception as error:
        return f"{told(error)} ({type(error).__name__})"
    return None


def told(error: Exception) -> str:
    """What the server answered may quote what it was told, so only the kind of it is kept."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _ in error.recipients.values()]
        return Why.REFUSED if all(code >= 500 for code in codes) else Why.SLOWED
    if isinstance(error, smtplib.SMTPServerDisconnected | smtplib.SMTPConnectError):
        return Why.UNREACHABLE
    if isinstance(error, smtplib.SMTPResponseException):
        return Why.REFUSED if error.smtp_code >= 500 else Why.SLOWED
    if isinstance(error, TimeoutError):
        return Why.LATE
    if isinstance(error, OSError) and not isinstance(error, smtplib.SMTPException):
        return Why.UNREACHABLE
    return Why.REFUSED if isinstance(error, smtplib.SMTPException) else Why.FAULT


def _connected(to: MailServer) -> smtplib.SMTP:
    """Raises smtplib.SMTPException or OSError. A server that cannot encrypt is left, not talked to in the open."""
    context = ssl.create_default_context()
    if to.security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(to.host, to.port, timeout=SECONDS_MAX, context=context)
    else:
        server = smtplib.SMTP(to.host, to.port, timeout=SECONDS_MAX)
    try:
        if to.security == "starttls":
            server.starttls(context=context)
        if to.username is not None:
            server.login(to.username, to.password or "")
    except BaseException:
        server.close()
        raise
    return server


def _message(address: str, notice: Notice, settings: Settings) -> EmailMessage:
    message = _headed(address, notice.title, settings)
    message["Auto-Submitted"] = "auto-generated"
    if notice.urgent:
        message["X-Priority"] = "1"
        message["Importance"] = "high"
    message.set_content("\n\n".join(filter(None, [notice.body, link(settings.base_url, notice.url)])) + "\n")
    return message


def _headed(address: str, subject: str, settings: Settings) -> EmailMessage:
    assert settings.smtp_from is not None
    message, sender = EmailMessage(), settings.smtp_from
    message["Subject"] = subject
    message["From"] = Address(display_name=" ".join(settings.organisation.split()), addr_spec=sender)
    message["To"] = address
    message["Date"] = formatdate()
    message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2])
    return message


def link(base_url: str | None, path: str) -> str | None:
    """Where the app is known to be; without that a path would lead nowhere."""
    return f"{base_url}/{path.lstrip('/')}" if base_url is not None and path else None
