"""`python -m db.migrations.new "Add guests"`: write the next revision from what changed in `db/models.py`."""

import argparse
import sys
import tempfile
from pathlib import Path

from alembic import command

from db.migrate import FOLDER, config_for, history, opened, upgrade
from db.migrations.authoring import ASKS
from db.session import sync_url


def write(subject: str, *, replace: bool = False) -> Path:
    """Write the new revision and return its file. `replace`: in place of the newest one, while nobody has applied it.

    Raises TypeError if Alembic writes no file, or several.
    """
    if replace and history():
        next((FOLDER / "versions").glob(f"r{history()[-1]}_*.py")).unlink()
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/scratch.db"
        if history():
            upgrade(url)
        with opened(sync_url(url)) as engine, engine.begin() as connection:
            number = f"{len(history()) + 1:04}"
            script = command.revision(config_for(connection), subject, autogenerate=True, rev_id=number)
    if script is None or isinstance(script, list):
        raise TypeError("Alembic wrote no file, or several")
    return Path(script.path)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m db.migrations.new", description=__doc__)
    parser.add_argument("subject", help="what changes, in the imperative")
    parser.add_argument("--replace", action="store_true", help="the newest revision, while nobody has it")
    given = parser.parse_args()
    path = write(given.subject, replace=given.replace)
    questions = [line.strip() for line in path.read_text().splitlines() if ASKS in line]
    open_ones = ["It stops until you have put an answer in the place of:", *questions] if questions else []
    sys.stdout.write("\n".join([str(path), *open_ones, "Read it before you commit it.", ""]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
