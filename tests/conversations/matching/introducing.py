"""What several dialogues about meeting share: one who seeks what the other offers."""

from domain.roles import Role
from domain.voice import Voice
from tests.cast import guest, open_workshop


async def seeker_and_helper(world, *, day=None, **ben):
    """Ana, who seeks what Ben offers."""
    workshop = await open_workshop(world, day=day)
    ana = await guest(world, workshop, "Ana Keller", seeks=("ehrenamt",), phone={"username": "ana_keller"})
    other = await guest(world, workshop, "Ben Albrecht", seeks=(), offers=("ehrenamt",), **ben)
    return ana, other


async def asks(one):
    await one.says("/partner")
    await one.taps("Kennenlernen")


async def meeting(world):
    """As `seeker_and_helper`, Ben an MP who is spoken to formally; both have said yes."""
    ana, ben = await seeker_and_helper(world, voice=Voice.SIE, role=Role.MP, role_confirmed=True)
    await asks(ana)
    await ben.taps("Kennenlernen")
    return ana, ben
