"""times as numbers: on SQLite an instant is whole microseconds since 1970, no longer text"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TIMES = {
    "account": ("invitation_expires_at",),
    "api_token": ("created_at", "revoked_at"),
    "audit_reading": ("hour", "first_at"),
    "checkin": ("stated_at", "estimated_at", "received_at", "next_due"),
    "comment": ("stated_at", "estimated_at", "received_at"),
    "device": ("created_at", "revoked_at"),
    "device_report": ("seen_at",),
    "device_user": ("signed_in_at",),
    "escalation": ("stated_at", "estimated_at", "received_at"),
    "escalation_attempt": ("stated_at", "attempted_at"),
    "journal_epoch": ("began_at",),
    "journal_op": ("received_at", "estimated_at"),
    "observation": ("stated_at", "estimated_at", "received_at", "happened_from", "happened_to"),
    "observation_revision": ("stated_at",),
    "review": ("stated_at", "estimated_at", "received_at"),
    "shift": ("stated_at", "estimated_at", "received_at", "started_at", "ended_at", "planned_end"),
    "shift_end": ("stated_at", "received_at"),
    "shift_member": ("joined_at", "left_at"),
    "shift_presence": ("stated_at",),
    "sign_in": ("expires_at",),
    "sign_in_failure": ("last_at",),
}
NUMBER = "CAST(strftime('%s', {0}) AS INTEGER) * 1000000 + CAST(substr({0}, 21, 6) AS INTEGER)"
#: Rounded down to the second, also before 1970.
SECONDS = "(({0} - (({0} % 1000000) + 1000000) % 1000000) / 1000000)"
TEXT = f"datetime({SECONDS}, 'unixepoch') || printf('.%06d', (({{0}} % 1000000) + 1000000) % 1000000)"


def upgrade() -> None:
    _rewrite(NUMBER, found_as="text")


def downgrade() -> None:
    _rewrite(TEXT, found_as="integer")


def _rewrite(expression: str, *, found_as: str) -> None:
    """PostgreSQL has times of its own. The declared type stays: SQLite stores a number there as a number."""
    if op.get_bind().dialect.name != "sqlite":
        return
    for table, columns in TIMES.items():
        told = ", ".join(
            f"{c} = CASE typeof({c}) WHEN '{found_as}' THEN {expression.format(c)} ELSE {c} END" for c in columns
        )
        op.execute(f"UPDATE {table} SET {told}")
