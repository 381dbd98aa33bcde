"""phone reports: is its storage kept, which build, since when something waits, and was its store emptied"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


COLUMNS: dict[str, sa.types.TypeEngine[Any]] = {
    "persisted": sa.Boolean(),
    "build": sa.String(40),
    "oldest_at": sa.DateTime(timezone=True),
    "emptied_at": sa.DateTime(timezone=True),
}


def upgrade() -> None:
    for name, kind in COLUMNS.items():
        op.add_column("device_report", sa.Column(name, kind, nullable=True))


def downgrade() -> None:
    for name in COLUMNS:
        op.drop_column("device_report", name)
