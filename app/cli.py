"""The operator's commands. Exit codes: 0 done, 1 refused or failed with one sentence on stderr, 2 wrong usage."""

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from app.access import accounts, contact, copykeys, queries
from app.access.context import Context
from app.access.permission import Role, Scope
from app.backup.command import back_up
from app.backup.files import Held
from app.backup.restore import restore as restore_from
from app.blob.clean import DAYS, Cleared, clear_unfinished, clear_unnamed
from app.blob.held import Photos
from app.blob.store import Away, open_store
from app.check import lines as check_lines
from app.cli_maps import maps
from app.cli_parts import AsJson, File, ForPush, say
from app.core import logs
from app.core.clock import now, stamp
from app.core.db import Database
from app.core.errors import Problem, Refused
from app.core.migrate import to_head
from app.core.settings import Settings, load
from app.demo.whole import whole_demo
from app.find import filling
from app.journal import anchor, chain
from app.journal.rebuild import rebuild
from app.journal.verify import verify
from app.main import make_context
from app.notify import channels, pushkeys
from app.photo.named import named_by_any
from app.place.contacts import import_contacts
from app.place.held import Maps
from app.place.importing import import_places
from app.place.report import Report
from app.sync.importing import FILE_BYTES_MAX, import_copy
from app.sync.registry import PROJECTIONS, REGISTRY

app = typer.Typer(name="lykta", help="Lykta: field app and sync service.", no_args_is_help=True, add_completion=False)
user = typer.Typer(help="People and their roles.", no_args_is_help=True)
device = typer.Typer(help="Phones that have been signed in on.", no_args_is_help=True)
token = typer.Typer(help="API tokens for programs.", no_args_is_help=True)
journal = typer.Typer(help="Prove and rebuild what the journal holds.", no_args_is_help=True)
place = typer.Typer(help="Places, areas and the phone list.", no_args_is_help=True)
key = typer.Typer(help="The keys for saved copies and for push messages.", no_args_is_help=True)
notify = typer.Typer(help="Telling people outside the app.", no_args_is_help=True)
GROUPS = {"user": user, "device": device, "token": token, "journal": journal, "place": place, "map": maps, "key": key,
          "notify": notify}  # fmt: skip
for name, group in GROUPS.items():
    app.add_typer(group, name=name)

Strict = Annotated[bool, typer.Option(help="All or nothing.")]


def opened(settings: Settings | None = None) -> Context:
    """A migrated database and the journal on it; by the environment's settings if no others are given."""
    settings = settings or load()
    logs.configure(settings.log_format)
    _migrated(settings).close()
    return make_context(settings)


def _migrated(settings: Settings) -> Database:
    db = Database(settings.url)
    to_head(db)
    return db


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535)] = 8000,
    workers: Annotated[int, typer.Option(min=1, max=64)] = 1,
) -> None:
    """Migrate under a lock, then serve API and app; stops within 5 s of SIGTERM."""
    from app.serve import made_ready, run

    settings = load()
    made_ready(settings, _migrated(settings))
    run(settings, host, port, workers)


@app.command()
def migrate(as_json: AsJson = False) -> None:
    """Bring the schema to head."""
    db = Database(load().url)
    changed = to_head(db)
    say({"changed": changed}, as_json, lambda: "Schema brought to head." if changed else "Schema was at head.")


@app.command()
def demo(
    seed: Annotated[int, typer.Option(help="The same seed plays the same evenings.")] = 1, as_json: AsJson = False
) -> None:
    """An invented organisation with two weeks of evenings; prints its people and passwords once."""
    made = whole_demo(load(), seed, opened)
    say(made.as_json(), as_json, made.text)


@app.command()
def backup(
    file: Annotated[Path | None, typer.Argument(help="A new file.")] = None,
    to: Annotated[Path | None, typer.Option(help="A folder; the file's name tells the time.")] = None,
    keep: Annotated[int | None, typer.Option(min=1, help="Clear away all but the newest N in the folder.")] = None,
    unverified: Annotated[bool, typer.Option(help="Keep a copy though the journal has faults.")] = False,
    reread: Annotated[bool, typer.Option(help="Compare what earlier backups left beside it, too.")] = False,
    as_json: AsJson = False,
) -> None:
    """One moment of the database as one file, proved, with photos and maps beside it; the server goes on.

    Without FILE: into LYKTA_BACKUP_DIR.
    """
    if file is not None and (to is not None or keep is not None):
        raise typer.BadParameter("FILE goes with neither --to nor --keep.")
    settings = load()
    done = back_up(settings, now(), file=file, folder=to, keep=keep, verified=not unverified,
                   held=_held(settings), reread=reread)  # fmt: skip
    if done.warning is not None:
        print(f"Warning: {done.warning}", file=sys.stderr)
    say(done.as_json(), as_json, done.text)
    trouble = done.backup.files.trouble()
    if trouble is not None and not unverified:
        raise Refused(f"The backup was kept, but not all that lies beside the database. {trouble}")


def _held(settings: Settings) -> tuple[Held, ...]:
    """What lies beside the database and belongs into a backup."""
    return (Photos(open_store(settings)), Maps(settings))


@app.command()
def restore(
    file: File,
    replace: Annotated[bool, typer.Option(help="Put it in the place of what is there, which is kept aside.")] = False,
    unverified: Annotated[bool, typer.Option(help="Also a journal with faults.")] = False,
    as_json: AsJson = False,
) -> None:
    """A backup becomes the database, as a new epoch: phones compare what they hold. The server must be stopped."""
    settings = load()
    done = restore_from(settings, file, now(), replace=replace, unverified=unverified, held=_held(settings))
    if (trouble := done.files.trouble()) is not None:
        print(f"Warning: {trouble} Phones that still have a photo are asked for it.", file=sys.stderr)
    say(done.as_json(), as_json, done.text)


@app.command()
def clean(
    days: Annotated[int, typer.Option(min=1, help="Only what is older.")] = DAYS, as_json: AsJson = False
) -> None:
    """Clear away uploads that were given up, and photos that no record ever named."""
    ctx = opened()
    store = open_store(ctx.settings)
    try:
        gone = Cleared(clear_unfinished(ctx.db, store, now(), days),
                       clear_unnamed(ctx.db, store, now(), named_by_any, days))  # fmt: skip
    except Away as error:
        raise Refused("The object store of the photos does not answer as it should; try again.") from error
    say(gone.as_json(), as_json, gone.text)


@app.command()
def openapi() -> None:
    """Print the API's description."""
    from app.main import describe

    print(json.dumps(describe(), indent=1, ensure_ascii=False))


@app.command("import")
def import_file(file: File, as_json: AsJson = False) -> None:
    """Take in a phone's own copy of its records; again with the same file changes nothing."""
    if file.stat().st_size > FILE_BYTES_MAX:
        raise Refused(f"The file is too large: at most {FILE_BYTES_MAX // 1024**2} MiB.")
    try:
        told = import_copy(opened(), file.read_bytes())
    except Problem as problem:
        raise Refused(f"{problem.detail or problem.kind.title + '.'}") from None
    say(told.as_json(), as_json, told.text)
    if told.damaged:
        raise Refused("Damaged records were left out; the phone may still have them whole.")


@user.command("add")
def user_add(
    username: str,
    name: Annotated[str, typer.Option(help="Name that colleagues see.")],
    role: Annotated[Role, typer.Option()],
    password_stdin: Annotated[bool, typer.Option(help="Read the password from standard input.")] = False,
    as_json: AsJson = False,
) -> None:
    """Without a password: prints a one-time link with which the person chooses one. Prints the user's id."""
    ctx = opened()
    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else None
    person_id, code = accounts.add(ctx, username.strip().lower(), name, role, password)
    link = None if code is None else _link(ctx, code)
    say({"id": person_id, "link": link}, as_json, lambda: "\n".join(filter(None, [person_id, link])))


@user.command("list")
def user_list(as_json: AsJson = False) -> None:
    ctx = opened()
    with ctx.db.read() as conn:
        rows = [{"id": p.id, "username": p.username, "name": p.name, "role": p.role, "active": p.active}
                for p in queries.persons(conn)]  # fmt: skip
    say(rows, as_json, lambda: "\n".join("\t".join(str(v) for v in row.values()) for row in rows))


@user.command("reset")
def user_reset(username: str, as_json: AsJson = False) -> None:
    """End the password and all sessions; prints a new one-time link."""
    ctx = opened()
    link = _link(ctx, accounts.reset(ctx, username))
    say({"link": link}, as_json, lambda: link)


@user.command("contact")
def user_contact(
    username: str,
    email: Annotated[str | None, typer.Option(help="Empty takes it away.")] = None,
    mobile: Annotated[str | None, typer.Option(help="Empty takes it away.")] = None,
    as_json: AsJson = False,
) -> None:
    """Where alarms reach the person outside the app; without options tells what there is."""
    found = contact.change(opened(), username, email, mobile)
    say(found.as_json(), as_json, found.text)


@user.command("disable")
def user_disable(username: str, as_json: AsJson = False) -> None:
    """No more sign-in. What the person's phone still holds can leave it."""
    accounts.set_active(opened(), username, active=False)
    say({"active": False}, as_json, lambda: "Disabled.")


@device.command("list")
def device_list(as_json: AsJson = False) -> None:
    ctx = opened()
    with ctx.db.read() as conn:
        rows = [{"id": d.id, "label": d.label, "install": d.install, "created_at": stamp(d.created_at),
                 "revoked": d.revoked_at is not None} for d in queries.devices(conn)]  # fmt: skip
    say(rows, as_json, lambda: "\n".join("\t".join(str(v) for v in row.values()) for row in rows))


@device.command("revoke")
def device_revoke(device_id: str, as_json: AsJson = False) -> None:
    """It reads nothing more. What it still holds can leave it, and waits for a supervisor to take it in."""
    accounts.revoke_device(opened(), device_id)
    say({"revoked": True}, as_json, lambda: "Revoked.")


@token.command("add")
def token_add(
    name: str,
    scope: Annotated[list[Scope], typer.Option(help="May be given several times.")],
    as_json: AsJson = False,
) -> None:
    """Prints the token once; only its hash is kept."""
    token_id, secret = accounts.add_token(opened(), name, scope)
    say({"id": token_id, "token": secret}, as_json, lambda: secret)


@token.command("list")
def token_list(as_json: AsJson = False) -> None:
    ctx = opened()
    with ctx.db.read() as conn:
        rows = [{"id": t.id, "name": t.name, "scopes": t.scopes.split(), "created_at": stamp(t.created_at),
                 "revoked": t.revoked_at is not None} for t in queries.tokens(conn)]  # fmt: skip
    say(rows, as_json, lambda: "\n".join("\t".join(str(v) for v in row.values()) for row in rows))


@token.command("revoke")
def token_revoke(token_id: str, as_json: AsJson = False) -> None:
    accounts.revoke_token(opened(), token_id)
    say({"revoked": True}, as_json, lambda: "Revoked.")


@key.command("list")
def key_list(push: ForPush = False, as_json: AsJson = False) -> None:
    """The newest first: that one is handed to phones. The others still work for what was made with them."""
    with opened().db.read() as conn:
        found = pushkeys.every(conn) if push else copykeys.every(conn)
        rows = [{"kid": row.kid, "created_at": stamp(row.created_at)} for row in found]
    say(rows, as_json, lambda: "\n".join("\t".join(row.values()) for row in rows))


@key.command("renew")
def key_renew(push: ForPush = False, as_json: AsJson = False) -> None:
    """Phones get another key at their next contact, for push when the app is next opened; the old ones are kept."""
    ctx = opened()
    made = (pushkeys if push else copykeys).renew(ctx.db, ctx.journal.clock)
    say({"kid": made.kid}, as_json, lambda: made.kid)


@notify.command("test")
def notify_test(username: str, as_json: AsJson = False) -> None:
    """Send a notice by every channel that the person has."""
    told = channels.try_on(opened(), username)
    say(told.as_json(), as_json, told.text)
    if not told.ok:
        raise Refused("No channel took it.")


@app.command()
def check(as_json: AsJson = False) -> None:
    """Settings, version, database, disk, photos and channels: one line each."""
    found = list(check_lines(load(), Database))
    say([line.as_json() for line in found], as_json, lambda: "\n".join(line.text() for line in found))
    if wrong := [line.name for line in found if not line.ok]:
        raise Refused(f"Trouble with: {', '.join(wrong)}.")


@journal.command("head")
def journal_head(as_json: AsJson = False) -> None:
    """The newest number and chain, to be noted somewhere else: a later verify can be held against it."""
    with opened().db.read() as conn:
        now = anchor.newest(conn)
    say({"seq": now.seq, "chain": chain.text(now.chain)}, as_json, lambda: str(now))


@journal.command("verify")
def journal_verify(
    noted: Annotated[list[str] | None, typer.Option("--anchor", help="A noted head, or a file of them.")] = None,
    as_json: AsJson = False,
) -> None:
    """Exit 0 only if the numbering, the chain and the stored hashes hold, and every noted head is passed through."""
    anchors = anchor.read(noted or [])
    with opened().db.read() as conn:
        report = verify(conn)
        report = replace(report, faults=(*report.faults, *anchor.lost(conn, anchors)))
    faults = [{"seq": f.seq, "what": f.what} for f in report.faults]
    told = {
        "ok": report.ok, "ops": report.ops, "erased": report.erased, "epoch": report.epoch, "faults": faults,
        "head": {"seq": report.head_seq, "chain": report.head_chain},
    }  # fmt: skip
    beside = f", noted heads held: {len(anchors)}" if anchors else ""
    beside += f", erased by decision: {report.erased}" if report.erased else ""
    say(told, as_json, lambda: f"{report.ops} ops, head {report.head_seq} {report.head_chain}: "
        + (f"whole{beside}." if report.ok else "; ".join(f"{f.what} at {f.seq}" for f in report.faults)))  # fmt: skip
    if not report.ok:
        raise Refused("The journal does not hold together.")


@journal.command("rebuild")
def journal_rebuild(as_json: AsJson = False) -> None:
    """Drop every projection and make it again from the journal."""
    db = opened().db

    def progress(done: int, total: int) -> None:
        if sys.stderr.isatty():
            print(f"\r{done} of {total}", end="", file=sys.stderr)

    count = rebuild(db, REGISTRY, PROJECTIONS, progress)
    filling.start_over(db)
    filling.catch_up(db)
    say({"ops": count}, as_json, lambda: f"Rebuilt from {count} ops.")


@place.command("import")
def place_import(file: File, strict: Strict = False, as_json: AsJson = False) -> None:
    """Places (points) and areas (polygons) from GeoJSON; again with the same file changes nothing."""
    _tell(import_places(opened(), file, strict=strict), as_json)


@place.command("contacts")
def place_contacts(file: File, strict: Strict = False, as_json: AsJson = False) -> None:
    """Service numbers with hours, from JSON or CSV (service, name, number, hours, note, checked_on)."""
    _tell(import_contacts(opened(), file, strict=strict), as_json)


def _tell(report: Report, as_json: bool) -> None:
    say(report.as_json(), as_json, report.text)
    if report.failed:
        raise Refused("Nothing was imported.")


def _link(ctx: Context, code: str) -> str:
    return f"{ctx.settings.base_url or 'http://localhost:8000'}/#/valkommen/{code}"


def main() -> None:
    """Entry point: a refusal is one sentence and exit code 1."""
    try:
        app(standalone_mode=True)
    except Refused as refusal:
        print(refusal, file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
