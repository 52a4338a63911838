"""The defects that `tests.defects` plants, one after the other."""

from dataclasses import dataclass


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
        "actions/pledging/agreeing/agreeing.py",
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
        "    await _forget_messages(turn.session, turn.chat_id, me.id)\n",
        "",
        "tests/conversations/rights/test_erasing.py",
    ),
    Defect(
        "Show an organiser somebody's data without a record",
        "actions/organising/desk.py",
        '    about = {"person_id": person_id, "export_id": export_id}\n'
        "    turn.session.add(Audit(organiser_chat_id=turn.chat_id, action=action, at=turn.now, **about))",
        "    del turn, person_id, action, export_id",
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
        "Put the newest update of a lane into a group, not the oldest",
        "actions/intake/lanes.py",
        "        select(func.min(here.update_id))\n        .where(here.state",
        "        select(func.max(here.update_id))\n        .where(here.state",
        "tests/handlers/test_lanes.py -k in_order",
    ),
    Defect(
        "Go on in a transaction that the database has ended",
        "handlers/lanes.py",
        "            is_read = await self._processing.update(session, waiting)\n"
        "        except TROUBLE:\n            raise\n",
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
    Defect(
        "Show on the wall what both make public, whatever the team says",
        "actions/pledging/releases/readable.py",
        "        return and_(self.released(), self._latest_is(self.shown))",
        "        return self.released()",
        "tests/machine/test_rules.py -k wall",
    ),
    Defect(
        "Open a pledge moment while one runs",
        "actions/organising/pledge_moments/pledge_moments.py",
        "    if version(last) != seen or _runs(last, turn.now):\n",
        "    if seen < 0:\n",
        "tests/machine/test_rules.py -k at_once",
    ),
    Defect(
        "Give somebody two talks at the same time",
        "domain/timetable.py",
        '            limits.setdefault(("person", person, slot), ([], 1))[0].append(column)\n',
        "",
        "tests/machine/test_rules.py -k timetable",
    ),
    Defect(
        "Write to the hall, and to an MP who has said that they left",
        "actions/organising/broadcasts/segments.py",
        "    return [there, is_here, not_(reach.gone(sights.operator.wall(sights.now))), reach.writable(sights.now)]",
        "    return [there, is_here, reach.writable(sights.now)]",
        "tests/machine/test_rules.py -k programme",
    ),
)
