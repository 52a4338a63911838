"""What Alembic runs for every command; the connection comes from `db.migrate`, in a transaction already."""

from alembic import context

from db.migrations.authoring import as_stored, for_filled_tables
from db.models import Base


def run() -> None:
    """Run the command. In batch mode, because SQLite changes a column only by copying its table (`keeping.py`)."""
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=Base.metadata,
        render_as_batch=True,
        transactional_ddl=True,
        compare_server_default=True,
        render_item=as_stored,
        process_revision_directives=for_filled_tables,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
