"""The picture on a workshop's card, read as a scanner reads it."""

import segno

from tests.conversations.scanning import downloaded, pixels, scanned


async def test_the_picture_is_the_link_as_a_qr_code(sqlite_world):
    code = await sqlite_world.makes_workshop("Werkstatt Nordtal")
    orga = await sqlite_world.organiser()
    card = next(each for each in orga.messages if each.body.get("photo"))
    picture = pixels(await downloaded(sqlite_world, card))
    link = f"https://t.me/mutmacher_stage_bot?start=w_{code}"
    assert link in card.text
    assert await scanned(sqlite_world, card) == link
    assert _modules(picture) in [_matrix(link, level) for level in "LMQH"]


def _modules(rows):
    """The code without its quiet zone, one value a module: the finder pattern's upper edge is seven wide."""
    dark = [(x, y) for y, row in enumerate(rows) for x, on in enumerate(row) if on]
    left, top = min(x for x, _ in dark), min(y for _, y in dark)
    edge = next(x for x in range(left, len(rows)) if not rows[top][x]) - left
    size, end = edge // 7, max(x for x, _ in dark)
    assert left >= 4 * size, "too little white around it for a scanner"
    return [[rows[y][x] for x in range(left, end + 1, size)] for y in range(top, end + 1, size)]


def _matrix(link, level):
    code = segno.make(link, error=level, micro=False, boost_error=False)
    return [[bool(module & 1) for module in row] for row in code.matrix]
