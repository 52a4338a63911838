"""Keep the history of pledges."""

import sqlalchemy as sa
from alembic import op

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


WAITS = sa.text('waits_since IS NOT NULL')
EVENTS = sa.table(
    'pledge_events',
    *map(sa.column, ('pledge_id', 'kind', 'party_id', 'actor_id', 'period', 'status', 'day', 'text', 'notes', 'at')),
)
WORDINGS = sa.table(
    'wordings', *map(sa.column, ('id', 'pledge_id', 'person_id', 'text', 'deadline', 'until'))
)
REPORTS = sa.table(
    'reports',
    *map(sa.column, ('id', 'pledge_id', 'person_id', 'period', 'status', 'notes', 'at', 'waits_since')),
)
PLEDGES = sa.table('pledges', sa.column('id'), sa.column('created_at'))


def upgrade() -> None:
    op.create_table('pledge_events',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pledge_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('party_id', sa.Integer(), nullable=True),
    sa.Column('actor_id', sa.Integer(), nullable=True),
    sa.Column('period', sa.String(length=32), nullable=True),
    sa.Column('status', sa.String(length=32), nullable=True),
    sa.Column('day', sa.Date(), nullable=True),
    sa.Column('text', sa.LargeBinary(), nullable=True),
    sa.Column('notes', sa.LargeBinary(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['persons.id'], name=op.f('fk_pledge_events_actor_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['party_id'], ['persons.id'], name=op.f('fk_pledge_events_party_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['pledge_id'], ['pledges.id'], name=op.f('fk_pledge_events_pledge_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pledge_events')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('pledge_events', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_pledge_events_actor_id'), ['actor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_pledge_events_party_id'), ['party_id'], unique=False)
        batch_op.create_index('ix_pledge_events_pledge', ['pledge_id', 'id'], unique=False)

    # Words stay as they are encrypted: a key that is wrong, or lost, must not cost any.
    keep_wordings()
    keep_answers()
    op.drop_table('wordings')
    op.drop_table('reports')


def keep_wordings() -> None:
    """A wording began when the one before it ended, and the first when the pledge was begun."""
    of = WORDINGS.c
    before = sa.func.lag(of.until).over(partition_by=of.pledge_id, order_by=of.id)
    began = sa.func.coalesce(before, PLEDGES.c.created_at)
    found = sa.select(of.pledge_id, sa.literal('worded'), of.person_id, of.person_id, of.deadline, of.text, began)
    found = found.join_from(WORDINGS, PLEDGES, PLEDGES.c.id == of.pledge_id).order_by(of.id)
    op.execute(EVENTS.insert().from_select(['pledge_id', 'kind', 'party_id', 'actor_id', 'day', 'text', 'at'], found))


def keep_answers() -> None:
    """Answers, then notes, then what waits for the other's word: that it waits still is what nothing comes after."""
    of = REPORTS.c
    for kind, extra, at, exist in (
        ('said', (of.status,), of.at, of.status.is_not(None)),
        ('noted', (of.notes,), of.at, of.notes.is_not(None)),
        ('asked', (of.status,), of.waits_since, of.waits_since.is_not(None)),
    ):
        names = ['pledge_id', 'kind', 'party_id', 'actor_id', 'period', *(column.name for column in extra), 'at']
        found = sa.select(of.pledge_id, sa.literal(kind), of.person_id, of.person_id, of.period, *extra, at)
        op.execute(EVENTS.insert().from_select(names, found.where(exist).order_by(of.id)))


def downgrade() -> None:
    op.create_table(
        'reports',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('pledge_id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('period', sa.String(length=32), nullable=False),
        sa.Column('status', sa.String(length=32), nullable=True),
        sa.Column('notes', sa.LargeBinary(), nullable=True),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('waits_since', sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(['person_id'], ['persons.id'], name=op.f('fk_reports_person_id'), ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['pledge_id'], ['pledges.id'], name=op.f('fk_reports_pledge_id'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_reports')),
        sa.UniqueConstraint('pledge_id', 'person_id', 'period', name=op.f('uq_reports_pledge_id_person_id_period')),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('reports') as batch_op:
        batch_op.create_index(batch_op.f('ix_reports_person_id'), ['person_id'])
        batch_op.create_index('ix_reports_waiting', ['waits_since'], sqlite_where=WAITS, postgresql_where=WAITS)
    op.create_table(
        'wordings',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('pledge_id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('text', sa.LargeBinary(), nullable=False),
        sa.Column('deadline', sa.Date(), nullable=False),
        sa.Column('until', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(['person_id'], ['persons.id'], name=op.f('fk_wordings_person_id'), ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['pledge_id'], ['pledges.id'], name=op.f('fk_wordings_pledge_id'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_wordings')),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table('wordings') as batch_op:
        batch_op.create_index(batch_op.f('ix_wordings_person_id'), ['person_id'])
        batch_op.create_index(batch_op.f('ix_wordings_pledge_id'), ['pledge_id'])
    op.drop_table('pledge_events')
