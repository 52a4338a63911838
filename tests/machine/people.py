"""Four people in a workshop and its two organisers, as a search acts with them; whoever is named by a number is one of
these, or has come since.
"""

import re
from dataclasses import replace
from datetime import time

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine
from sqlalchemy import update

from db.models import Workshop
from domain.nudging import Period
from domain.pledges import Status
from domain.roles import Role
from tests.cast import agreed
from tests.faults.engine import MortalEngine
from tests.machine.snapshot import taken
from tests.machine.telegram import Telegram
from tests.world import OWNER

NAMES = ("Ana Keller", "Ben Albrecht", "Cem Yildiz", "Dora Lang")
LANDS = ("Dresden", "München", "Hamburg", "Erfurt")
ROLES = (Role.TOWN_HALL, Role.MP, Role.OFFICE, Role.TOWN_HALL)
TEAM, SECOND = len(NAMES), len(NAMES) + 1  # the organisers' numbers
CHATS_OF_TEAM = (OWNER, 9002)
NEWCOMERS = 2  # at most
_LINK = re.compile(r"start=(\w+)")

people = st.integers(0, len(NAMES) - 1)
organisers = st.sampled_from((TEAM, SECOND))
pairs = st.permutations(range(len(NAMES))).map(lambda order: tuple(order[:2]))
recent = st.integers(0, 2)  # the newest pledge, or one of those before
chance = st.integers(0, 400)
seldom = st.integers(0, 3).map(lambda drawn: drawn == 3)
periods, statuses = st.sampled_from(Period), st.sampled_from(Status)


def has(*states):
    """There is a pledge in one of these states."""
    return lambda machine: machine.pledge(0, *states) is not None


class Witnessed(MortalEngine):
    """Whatever is said is seen from outside."""

    line = Telegram

    def __init__(self, ground):
        super().__init__(ground)
        self.operator = replace(self.operator, owners=CHATS_OF_TEAM)

    async def close(self):
        await self.telegram.close()
        await super().close()


class People(RuleBasedStateMachine):
    """`ground`: where all of it happens."""

    ground = None

    def gather(self):
        self.engine = Witnessed(self.ground.place)
        self.people, self.readers, self.lost = [], {}, 0
        self.about = {}  # the pledge that a code word is in
        self.erased, self.blocked, self.made, self.words = {}, {}, set(), 0
        self.joined, self.mps = set(), set()  # whoever ever was in the workshop; the chats of confirmed MPs
        self.announced, self.put_up = {}, set()  # what the team sent, and let on the wall
        self.half_empty = set()  # the words of cards with somebody who was not here
        self.evenings = False  # whether anybody ever wanted to be asked then
        self.set_by = 0  # hours, as the machine's clock is wrong
        self.judged = self.read = 0  # how much of what was said, and logged, has been judged
        self.does(self._gathers())

    async def _gathers(self):
        await self.engine.open()
        for name, place, role in zip(NAMES, LANDS, ROLES, strict=True):
            self.people.append(await self.engine.guest(name, place=place, role=role))
        for chat, name in zip(CHATS_OF_TEAM, ("Orga", "Zweite"), strict=True):
            row = agreed(chat, self.engine.moment, yes=())
            self.people.append(await self.engine.known(row, name))
        self.outsider, _ = await self.engine.guest("Udo Fremd", workshop_id=None, announcements=True)
        async with self.engine.database.writer.begin() as session:
            hours = {"opens": time(7), "closes": time(23, 30), "tables": 2}
            await session.execute(update(Workshop).values(**hours))
        self.engine.begins()

    def run(self, coroutine):
        return self.ground.run(coroutine)

    def rows(self):
        """What happened to the pledges, and what was owed, by their numbers."""
        events = {each.id for of in self.seen.events.values() for each in of}
        return events, set(self.seen.outbox)

    def does(self, coroutine):
        self.run(coroutine)
        self._seen = None

    @property
    def doubts(self):
        """How many messages may have come twice."""
        return self.lost + self.engine.fate.in_doubt

    @property
    def seen(self):
        """The rows as they are now."""
        if self._seen is None:
            self._seen = self.run(taken(self.engine))
            self.made |= {each.id for each in self._seen.pledges.values() if each.made_on is not None}
            self.joined |= set(self._seen.members)
            self.mps |= {each.chat_id for each in self._seen.people.values() if each.is_confirmed_mp}
        return self._seen

    def chat(self, who):
        return self.people[who][0]

    def taps(self, who, data, message=None, times=1):
        """Where such a button is shown to them, else as an old message would."""
        chat = self.chat(who)
        shown = [number for number, _, buttons in self.engine.shown(chat) if data in buttons]
        self.does(self.engine.taps(chat, message or (shown[-1] if shown else None), data, times))
        self._came_back(chat)

    def says(self, who, text):
        self.does(self.engine.says(self.chat(who), text))
        self._came_back(self.chat(who))

    def shows(self, who, caption):
        """Send a photo; its id."""
        photo = self.run(self.engine.shows(self.chat(who), caption))
        self._seen = None
        self._came_back(self.chat(who))
        return photo

    def follows(self, who, payload):
        self.does(self.engine.follows(self.chat(who), payload))
        self._came_back(self.chat(who))

    def _came_back(self, chat):
        """Whoever writes or taps is there again, as Telegram unblocks first."""
        if not self.engine.stage.ledger.phones[chat].blocked:
            self.blocked.pop(chat, None)

    def offered(self, who, start):
        """The data of the newest button that begins so, with its message."""
        for number, _, buttons in reversed(self.engine.shown(self.chat(who))):
            found = [data for data in buttons if data.startswith(start)]
            if found:
                return number, found
        return None, []

    def takes(self, who, start):
        """Tap the newest button of this kind; whether there is any."""
        message, offered = self.offered(who, start)
        if offered:
            self.taps(who, offered[0], message)
        return bool(offered)

    def link(self, who, start):
        """The payload of the newest link of this kind that somebody may pass on."""
        for _, text, _ in reversed(self.engine.shown(self.chat(who))):
            for payload in _LINK.findall(text):
                if payload.startswith(start):
                    return payload
        return None

    def comes(self, payload, *yes):
        """Somebody new follows this link, gives both consents, presses these; their number, if they are here then."""
        chat, who = self.engine.phone("Neu"), len(self.people)
        self.people.append((chat, 0))
        self.follows(who, payload)
        for start in ("begin:", "k_yes:", "u_yes", *yes):
            self.takes(who, start)
        row = next((each.id for each in self.seen.people.values() if each.chat_id == chat), None)
        del self.people[who]
        if row is None:
            return None
        self.people.append((chat, row))
        return who

    def is_full(self):
        return len(self.people) > SECOND + NEWCOMERS

    def pledge(self, number, *states):
        """One of the newest pledges in these states, any if none is named."""
        found = [p for p in self.seen.pledges.values() if not states or p.state in states]
        return found[-1 - number % len(found)] if found else None

    def who(self, person_id):
        return next((n for n, (_, row) in enumerate(self.people) if row == person_id), None)

    def party(self, pledge, number):
        """One of its parties, as the number says; None if both are gone."""
        found = [who for each in self.seen.parties(pledge) if (who := self.who(each)) is not None]
        return found[number % len(found)] if found else None

    def word(self, *readers, about=None):
        """A word that nobody but these may read; `about`: the pledge it belongs to."""
        self.words += 1
        word = f"Kanari{self.words:03}x"
        self.readers[word] = set(readers)
        self.about[word] = about
        return word

    def sentence(self, *readers, about=None):
        return f"Ich rufe Frau {self.word(*readers, about=about)} im Bauamt an."

    def may_read(self, word):
        """The chats in which it may be read now: of its readers, of their offices, and the team's if both of a pledge
        let it.
        """
        readers = {self.people[each][1] for each in self.readers[word]}
        seated = {staff for mp, staff in self.seen.seated() if mp in readers}
        chats = {chat for chat, row in self.people if row in readers | seated}
        return chats | (set(CHATS_OF_TEAM) if self.seen.released_by(readers) else set())
