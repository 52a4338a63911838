"""Let endings wait."""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None

WAITS = sa.text('waits_since IS NOT NULL')


def upgrade() -> None:
    with op.batch_alter_table('reports') as batch_op:
        batch_op.add_column(sa.Column('waits_since', sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index('ix_reports_waiting', ['waits_since'], sqlite_where=WAITS, postgresql_where=WAITS)


def downgrade() -> None:
    with op.batch_alter_table('reports') as batch_op:
        batch_op.drop_index('ix_reports_waiting', sqlite_where=WAITS, postgresql_where=WAITS)
        batch_op.drop_column('waits_since')
