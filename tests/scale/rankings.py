"""Who is suggested to people of a workshop, ranked among all that everybody seeks and offers, and among what has to do
with each of them.
"""

from sqlalchemy import update

from actions.matching import suggestions
from actions.matching.reasons import as_candidate
from db import intact
from db.models import Interest, Person, Workshop
from domain import matching
from domain.outcomes.choices import Direction, Stance
from tests.benchmarks.scale.bench import OPERATOR, Bench
from tests.benchmarks.scale.times import NOW
from tests.scale.hot_paths import NEWEST

_ALL = 1000
_OWN = {6: "Dorfkino", 8: "das Dorfkino retten", 10: "Dorfkino retten", 14: "gegen Dorfkino", 18: "Dorfkino"}
"""Own words of people of the workshop."""


async def both_of(url):
    """For each of some people the ranking both ways. Nothing is kept."""
    bench = Bench(url)
    try:
        async with bench.database.writer() as session:
            await session.begin()
            await session.execute(
                update(Interest)
                .where(Interest.topic.is_not(None), Interest.id % 5 == 0)
                .values(stance=Stance.FOR)
            )
            for person, words in _OWN.items():
                direction = Direction.SEEKS if person % 4 else Direction.OFFERS
                session.add(Interest(person_id=person, direction=direction, words=words))
            await session.flush()
            found = [await _both(session, person) for person in range(2, 60, 2)]
            await session.rollback()
    finally:
        await bench.database.close()
    return found


async def _both(session, person_id):
    workshop = await session.get_one(Workshop, NEWEST)
    person = await session.get_one(Person, person_id)
    await intact.read_interests(session, person)
    return [
        matching.rank(
            as_candidate(person, 0, 0),
            (await suggestions.candidates(session, workshop, NOW, OPERATOR, by=by)).values(),
            day=NOW.date(),
            limit=_ALL,
        )
        for by in (None, person)
    ]
