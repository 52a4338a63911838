"""Every world has engines of its own; what SQLAlchemy compiled for one of them serves all."""

_DIALECTS = {}  # the first world's, by name
_COMPILED = {}


def share(database):
    """Let its engines use one dialect, to which the cipher is bound: all worlds have one key."""
    for each in database.engines:
        engine = each.sync_engine
        engine.dialect = _DIALECTS.setdefault(engine.dialect.name, engine.dialect)
        engine.update_execution_options(compiled_cache=_COMPILED)
