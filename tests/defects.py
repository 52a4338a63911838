"""Seeded defects: is each caught? `python -m tests.defects [NUMBER ...]` plants one after the other in a copy of the
tree and runs the tests that should notice; the outcome goes to docs/defects.md.

A defect counts as caught only if a test fails: one that breaks an import, or is planted nowhere, is an error of this
list.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "defects.md"
_LEFT_OUT = shutil.ignore_patterns(".git", ".venv*", "*_cache", "__pycache__", "pictures")
_FAILED = re.compile(r"^FAILED tests/(\S+)", re.MULTILINE)
_WITHIN = 900  # seconds for the tests of one


@dataclass(frozen=True)
class Defect:
    """`old`, which `path` has once, becomes `new`. `tests`: where it should be noticed, arguments of pytest."""

    what: str
    path: str
    old: str
    new: str
    tests: str


DEFECTS = (
    Defect(
        "Drop a unique key: two people may have one chat",
        "db/models.py",
        "chat_id: Mapped[int | None] = mapped_column(BigInteger, unique=True)",
        "chat_id: Mapped[int | None] = mapped_column(BigInteger)",
        "tests/db/test_migrations.py",
    ),
    Defect(
        "Drop the owner check: everybody is a party of everything",
        "actions/exchange/parties.py",
        "    if turn.me.id in parties:\n",
        "    if turn.me.id in parties or parties:\n",
        "tests/conversations/pledging/test_relay.py tests/conversations/pledging/test_help_calls.py -k nobody_else",
    ),
    Defect(
        "Drop the lock: a worker takes a lane in which another is at work",
        "actions/intake/lanes.py",
        "_LOCKED = _WAITING.with_for_update(of=Lane, skip_locked=True)",
        "_LOCKED = _WAITING",
        "tests/handlers/test_lanes.py tests/actions/intake/test_inbox.py -k 'not at_once'",
    ),
    Defect(
        "Mark before send: a message is called sent before Telegram has it",
        "scheduler/attempts.py",
        "        begun = self._machine()\n        answer = await self._say(",
        "        await self._write_down(row, consequences.sent(None, self._now()), None, claimed_at)\n"
        "        begun = self._machine()\n        answer = await self._say(",
        "tests/scheduler/test_unclear_answers.py tests/scheduler/test_telegram_says_no.py",
    ),
    Defect(
        "Swallow an error: what a handler raises is taken for done",
        "handlers/turns.py",
        "        del update, job, coroutine\n        raise error\n",
        "        del update, job, coroutine\n        return True\n",
        "tests/handlers/test_failing_turns.py",
    ),
    Defect(
        "Forget to escape what people wrote",
        "messages/catalogue.py",
        "        return Markup(self._found(key)).format(**self._safe(values))  # noqa: S704",
        "        return Markup(str(self._found(key)).format(**values))  # noqa: S704",
        "tests/messages/test_every_outcome.py tests/messages/test_catalogue.py",
    ),
    Defect(
        "Confirm updates to Telegram before they are stored",
        "bot/polling.py",
        "        if updates:\n            await self._take(updates)\n",
        '        numbers = [u["update_id"] for u in updates if isinstance(u, dict)]\n'
        "        self._offset = max(numbers) + 1 if numbers else self._offset\n"
        "        if updates:\n            await self._take(updates)\n",
        "tests/bot/test_polling.py",
    ),
    Defect(
        "Take what a dead process was sending for never sent",
        "actions/exchange/delivery.py",
        "        else_=literal(SendState.UNKNOWN.value),\n",
        "        else_=literal(SendState.CANCELLED.value),\n",
        "tests/scheduler/test_interrupted_delivery.py tests/faults/test_crashes.py -k 'abandoned or accept'",
    ),
    Defect(
        "Send news in spite of a withdrawn consent",
        "actions/contents.py",
        "    if person is None or not reach.agrees(person):\n        at_work",
        "    if person is None:\n        at_work",
        "tests/scheduler/test_delivery.py -k lost_its_reason",
    ),
    Defect(
        "Ignore how long Telegram asks to wait",
        "scheduler/attempts.py",
        "                self._pace.pause(self._monotonic() + seconds)\n",
        "                pass\n",
        "tests/scheduler/test_telegram_says_no.py",
    ),
    Defect(
        "Do not note that somebody has blocked the bot",
        "actions/exchange/outbox.py",
        "        person.unreachable_since = now\n    await cancel",
        "        pass\n    await cancel",
        "tests/scheduler/test_telegram_says_no.py",
    ),
    Defect(
        "Accept older words than those that stand",
        "actions/pledging/agreeing.py",
        "        or pledge.revision != revision\n    ):\n        await pledges.present(turn, pledge)",
        "        or pledge.revision < revision\n    ):\n        await pledges.present(turn, pledge)",
        "tests/conversations/pledging/test_pledging.py tests/conversations/pledging/test_dates.py",
    ),
    Defect(
        "Ask at any hour",
        "domain/calendar.py",
        "    return max(moment.astimezone(UTC), instant(asking_day(day, land), opens, zone))",
        "    return moment.astimezone(UTC)",
        "tests/domain/test_calendar.py tests/domain/test_hours.py",
    ),
    Defect(
        "Count a month as thirty days",
        "domain/nudging/days.py",
        "    day = months_after(made_on, months)\n    return asking_day",
        "    day = made_on + timedelta(days=30 * months)\n    return asking_day",
        "tests/domain/test_nudging.py tests/domain/test_calendar.py",
    ),
    Defect(
        "Store words in the clear",
        "db/types.py",
        "        return None if value is None else _cipher(dialect).encrypt(value.encode(), self.place)\n\n"
        "    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:\n"
        "        return None if value is None else _cipher(dialect).decrypt(bytes(value), self.place)"
        ".decode()",
        "        return None if value is None else value.encode()\n\n"
        "    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:\n"
        "        return None if value is None else bytes(value).decode()",
        "tests/db/test_types.py",
    ),
    Defect(
        "Take updates with any secret",
        "web/webhook.py",
        '    return hmac.compare_digest(given[0].encode("utf-8", "surrogateescape"), secret.encode())',
        "    return bool(secret)",
        "tests/web",
    ),
    Defect(
        "Tell figures about fewer than five",
        "domain/figures.py",
        "    return number if number >= FEW else Withheld.FEW",
        "    return number",
        "tests/domain/test_figures.py",
    ),
    Defect(
        "Let a personal code be used twice",
        "db/personal_codes.py",
        "    return and_(PersonalCode.used_at.is_(None), PersonalCode.expires_at > now)",
        "    return and_(PersonalCode.id.is_not(None), PersonalCode.expires_at > now)",
        "tests/conversations/pledging/test_taking_over.py tests/conversations/organising/test_offices.py",
    ),
    Defect(
        "Keep an outbox row of whoever is erased",
        "actions/rights/erasure.py",
        "    await _forget_messages(turn.session, turn.chat_id, me.id)\n    await _forget_organiser",
        "    await _forget_organiser",
        "tests/conversations/rights/test_erasing.py",
    ),
    Defect(
        "Show an organiser somebody's data without a record",
        "actions/organising/desk.py",
        "    turn.session.add(Audit(organiser_chat_id=turn.chat_id, person_id=person_id, action=action, at=turn.now))",
        "    del turn, person_id, action",
        "tests/conversations/organising/test_claims.py",
    ),
    Defect(
        "Give up an update at its first failure",
        "actions/intake/inbox.py",
        "    if row.attempts < TRIES:\n        return False\n",
        "",
        "tests/handlers/test_failing_turns.py",
    ),
    Defect(
        "Keep what a refused action has done",
        "handlers/processing.py",
        "        async with session.begin_nested():\n            yield\n",
        "        yield\n        await session.flush()\n",
        "tests/handlers/test_failing_turns.py tests/conversations/pledging/test_proposing_limits.py",
    ),
    Defect(
        "Let an update that fails take its whole group back",
        "handlers/lanes.py",
        "        except Exception as error:  # noqa: BLE001 - whatever it is, the lanes must go on\n"
        "            await self._count(session, group, error)\n        else:\n",
        "        else:\n",
        "tests/handlers/test_groups.py",
    ),
    Defect(
        "Go on in a transaction that the database has ended",
        "handlers/lanes.py",
        "            is_read = await self._processing.update(session, waiting)\n        except TROUBLE:\n            raise\n",
        "            is_read = await self._processing.update(session, waiting)\n",
        "tests/handlers/test_groups.py tests/handlers/test_troubled_database.py",
    ),
    Defect(
        "Write down what became of a message whose lease is lost",
        "actions/exchange/recording.py",
        '        _TABLE.c.lease_owner == bindparam("owner"),\n',
        '        bindparam("owner").is_not(None),\n',
        "tests/scheduler/test_interrupted_delivery.py",
    ),
    Defect(
        "Take over leases that are not over",
        "actions/exchange/delivery.py",
        "lambda session: _give_up(session, machine_now, Outgoing.lease_until < machine_now),",
        "lambda session: _give_up(session, machine_now),",
        "tests/scheduler/test_taking_over.py",
    ),
    Defect(
        "Lead before the lease of whoever led is over",
        "bot/leading.py",
        '    " WHERE :leads OR carrier.led_until IS NULL OR carrier.led_until < clock_timestamp() RETURNING true"',
        '    " WHERE :leads OR true RETURNING true"',
        "tests/bot/test_leading.py",
    ),
)


def plant(defect, tree):
    """Changes the file, and returns how to change it back."""
    path = tree / defect.path
    sound = path.read_text("utf-8")
    if sound.count(defect.old) != 1:
        raise LookupError(f"{defect.path} has no single place for: {defect.what}")
    path.write_text(sound.replace(defect.old, defect.new), "utf-8")
    return lambda: path.write_text(sound, "utf-8")


def noticed(defect, tree):
    """The test that fails first; None if none does. Raises RuntimeError if no test could run."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-n0",
        "-q",
        "-x",
        "-p",
        "no:cacheprovider",
        *_split(defect.tests),
    ]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, timeout=_WITHIN)  # noqa: PLW1510
    if done.returncode not in (0, 1) or (done.returncode and not _FAILED.search(done.stdout)):
        raise RuntimeError(f"{defect.what}: pytest ended with {done.returncode}\n{done.stdout[-2000:]}")
    found = _FAILED.search(done.stdout)
    return found[1] if found else None


def _split(arguments):
    tests, _, chosen = arguments.partition(" -k ")
    return [*tests.split(), *(["-k", chosen.strip("'")] if chosen else [])]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "numbers", nargs="*", type=int, help="only these; the page is written after all of them"
    )
    wanted = parser.parse_args().numbers
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "tree"
        shutil.copytree(ROOT, tree, ignore=_LEFT_OUT, symlinks=True)
        outcomes = {}
        for number, defect in enumerate(DEFECTS, 1):
            if not wanted or number in wanted:
                outcomes[number] = _tried(number, defect, tree)
    if not wanted:
        PAGE.write_text(_page(outcomes), "utf-8")
    return sum(test is None for test in outcomes.values()) > 1


def _tried(number, defect, tree):
    began = time.monotonic()
    undo = plant(defect, tree)
    try:
        test = noticed(defect, tree)
    finally:
        undo()
    outcome = f"caught by {test}" if test else "NOT CAUGHT"
    sys.stdout.write(f"{number:2} {defect.what}: {outcome} ({time.monotonic() - began:.0f} s)\n")
    sys.stdout.flush()
    return test


def _page(outcomes):
    caught = sum(test is not None for test in outcomes.values())
    rows = [
        f"| {number} | {defect.what} | `{defect.path}` | {_cell(outcomes[number])} |"
        for number, defect in enumerate(DEFECTS, 1)
    ]
    return "\n".join([_HEAD.format(caught=caught, all=len(DEFECTS)), *rows, ""])


def _cell(test):
    return f"`{test}`" if test else "**nothing**"


_HEAD = """# Seeded defects

Would the tests notice? `make defects` plants each of these in a copy of the tree, one after the other, runs the few
tests that should notice, and writes this page. The list is in `tests/defects.py`; a test checks that each still has its
place. At the last run {caught} of {all} were caught.

| | defect | where | noticed first by |
|---|---|---|---|"""

if __name__ == "__main__":
    sys.exit(main())
