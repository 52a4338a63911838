"""Keep announcements and complaints."""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('complaints',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pledge_id', sa.Integer(), nullable=False),
    sa.Column('reporter_id', sa.Integer(), nullable=False),
    sa.Column('writer_id', sa.Integer(), nullable=False),
    sa.Column('words', sa.LargeBinary(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('settlement', sa.String(length=32), nullable=True),
    sa.ForeignKeyConstraint(['pledge_id'], ['pledges.id'], name=op.f('fk_complaints_pledge_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['reporter_id'], ['persons.id'], name=op.f('fk_complaints_reporter_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['writer_id'], ['persons.id'], name=op.f('fk_complaints_writer_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_complaints')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('complaints', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_complaints_pledge_id'), ['pledge_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_complaints_reporter_id'), ['reporter_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_complaints_writer_id'), ['writer_id'], unique=False)

    with op.batch_alter_table('broadcasts', schema=None) as batch_op:
        batch_op.add_column(sa.Column('words', sa.LargeBinary(), nullable=True))

    with op.batch_alter_table('inbox', schema=None) as batch_op:
        batch_op.add_column(sa.Column('counted', sa.String(length=32), nullable=True))



def downgrade() -> None:
    with op.batch_alter_table('inbox', schema=None) as batch_op:
        batch_op.drop_column('counted')

    with op.batch_alter_table('broadcasts', schema=None) as batch_op:
        batch_op.drop_column('words')

    with op.batch_alter_table('complaints', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_complaints_writer_id'))
        batch_op.drop_index(batch_op.f('ix_complaints_reporter_id'))
        batch_op.drop_index(batch_op.f('ix_complaints_pledge_id'))

    op.drop_table('complaints')
