"""indexes for what the desk asks for: a shift's photos and follow-ups, an area's shifts, what revoked phones sent"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

QUARANTINED = sa.text("status = 'quarantined'")


def upgrade() -> None:
    op.create_index(op.f("ix_observation_blob_observation_id"), "observation_blob", ["observation_id"])
    op.create_index(op.f("ix_shift_area_id"), "shift", ["area_id"])
    op.create_index(op.f("ix_followup_shift_id"), "followup", ["shift_id"])
    op.create_index(op.f("ix_journal_op_why"), "journal_op", ["why"], sqlite_where=QUARANTINED,
                    postgresql_where=QUARANTINED)  # fmt: skip


def downgrade() -> None:
    op.drop_index(op.f("ix_journal_op_why"), table_name="journal_op")
    op.drop_index(op.f("ix_followup_shift_id"), table_name="followup")
    op.drop_index(op.f("ix_shift_area_id"), table_name="shift")
    op.drop_index(op.f("ix_observation_blob_observation_id"), table_name="observation_blob")
