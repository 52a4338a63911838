"""Fold the lists of silences, and of help calls, into the care list."""

import sqlalchemy as sa
from alembic import op

revision = '0047'
down_revision = '0046'
branch_labels = None
depends_on = None

_OUTBOX = sa.table('outbox', sa.column('kind', sa.String), sa.column('object_id', sa.Integer), sa.column('args', sa.JSON))
_LISTS = {'HelpCalls': 'help_call', 'SilentPeople': 'silence', 'SilenceNoted': 'silence'}


def upgrade() -> None:
    """Messages that the team already has are shown as the care list from now on."""
    for kind, concern in _LISTS.items():
        listed = {'kind': 'CareListed', 'object_id': None, 'args': {'concern': concern, 'page': 0}}
        op.execute(_OUTBOX.update().where(_OUTBOX.c.kind == kind).values(listed))


def downgrade() -> None:
    """The version before knows the care list."""
