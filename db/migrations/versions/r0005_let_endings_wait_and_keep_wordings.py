"""Let endings wait, and keep former wordings."""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None

WAITS = sa.text('waits_since IS NOT NULL')


def upgrade() -> None:
    op.create_table(
        'wordings',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('pledge_id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('text', sa.LargeBinary(), nullable=False),
        sa.Column('deadline', sa.Date(), nullable=False),
        sa.Column('until', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ['person_id'], ['persons.id'], name=op.f('fk_wordings_person_id'), ondelete='CASCADE'
        ),
        sa.ForeignKeyConstraint(
            ['pledge_id'], ['pledges.id'], name=op.f('fk_wordings_pledge_id'), ondelete='CASCADE'
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_wordings')),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('wordings') as batch_op:
        batch_op.create_index(batch_op.f('ix_wordings_person_id'), ['person_id'])
        batch_op.create_index(batch_op.f('ix_wordings_pledge_id'), ['pledge_id'])
    with op.batch_alter_table('reports') as batch_op:
        batch_op.add_column(sa.Column('waits_since', sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index('ix_reports_waiting', ['waits_since'], sqlite_where=WAITS, postgresql_where=WAITS)


def downgrade() -> None:
    with op.batch_alter_table('reports') as batch_op:
        batch_op.drop_index('ix_reports_waiting', sqlite_where=WAITS, postgresql_where=WAITS)
        batch_op.drop_column('waits_since')
    op.drop_table('wordings')
