"""Keep announcements, and count what is read."""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('broadcasts', schema=None) as batch_op:
        batch_op.add_column(sa.Column('words', sa.LargeBinary(), nullable=True))

    with op.batch_alter_table('inbox', schema=None) as batch_op:
        batch_op.add_column(sa.Column('counted', sa.String(length=32), nullable=True))



def downgrade() -> None:
    with op.batch_alter_table('inbox', schema=None) as batch_op:
        batch_op.drop_column('counted')

    with op.batch_alter_table('broadcasts', schema=None) as batch_op:
        batch_op.drop_column('words')

