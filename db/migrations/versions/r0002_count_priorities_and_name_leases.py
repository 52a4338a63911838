"""Count priorities, and name the owner of a lease for what it is."""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None

PRIORITIES = {'a_reply': 0, 'b_news': 1, 'c_nudge': 2, 'd_broadcast': 3}


def upgrade() -> None:
    outbox = sa.table('outbox', sa.column('lane', sa.String()))
    # As text first, in its old column: both databases can read a number from it while they change the type.
    # What is none of the four becomes NULL, which is refused.
    digits = {name: str(number) for name, number in PRIORITIES.items()}
    op.execute(outbox.update().values(lane=sa.case(digits, value=outbox.c.lane)))
    with op.batch_alter_table('outbox') as batch_op:
        batch_op.alter_column(
            'lane',
            new_column_name='priority',
            existing_type=sa.String(length=32),
            type_=sa.SmallInteger(),
            existing_nullable=False,
            postgresql_using='lane::smallint',
        )
        batch_op.alter_column('owner', new_column_name='lease_owner', existing_type=sa.String(length=40))
    with op.batch_alter_table('lanes') as batch_op:
        batch_op.alter_column('owner', new_column_name='lease_owner', existing_type=sa.String(length=40))


def downgrade() -> None:
    with op.batch_alter_table('lanes') as batch_op:
        batch_op.alter_column('lease_owner', new_column_name='owner', existing_type=sa.String(length=40))
    with op.batch_alter_table('outbox') as batch_op:
        batch_op.alter_column('lease_owner', new_column_name='owner', existing_type=sa.String(length=40))
        batch_op.alter_column(
            'priority',
            new_column_name='lane',
            existing_type=sa.SmallInteger(),
            type_=sa.String(length=32),
            existing_nullable=False,
        )
    outbox = sa.table('outbox', sa.column('lane', sa.String()))
    names = {str(number): name for name, number in PRIORITIES.items()}
    op.execute(outbox.update().values(lane=sa.case(names, value=outbox.c.lane)))
