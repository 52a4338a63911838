"""The picture on a workshop's card, read as a scanner reads it."""

import zlib

import segno


async def test_the_picture_is_the_link_as_a_qr_code(sqlite_world):
    code = await sqlite_world.makes_workshop("Werkstatt Nordtal")
    orga = await sqlite_world.organiser()
    card = next(each for each in orga.messages if each.body.get("photo"))
    async with sqlite_world._http.get(
        f"{sqlite_world.url}/stage/files/{card.body['photo'][-1]['file_id']}"
    ) as answer:
        picture = _pixels(await answer.read())
    link = f"https://t.me/mutmacher_stage_bot?start=w_{code}"
    assert link in card.text
    assert _modules(picture) in [_matrix(link, level) for level in "LMQH"]


def _pixels(png):
    """Rows of a PNG with one bit or byte a pixel: True is dark. Enough for what segno draws."""
    chunks, at, data = {}, 8, b""
    while at < len(png):
        size, kind = int.from_bytes(png[at : at + 4]), png[at + 4 : at + 8]
        body = png[at + 8 : at + 8 + size]
        chunks[kind], data = body, data + body if kind == b"IDAT" else data
        at += size + 12
    width, height, depth, colour = (
        int.from_bytes(chunks[b"IHDR"][:4]),
        int.from_bytes(chunks[b"IHDR"][4:8]),
        *chunks[b"IHDR"][8:10],
    )
    assert (depth, colour) in ((1, 0), (1, 3)), "another kind of picture than the test can read"
    raw, stride = zlib.decompress(data), (width + 7) // 8 + 1
    rows = [raw[n * stride : (n + 1) * stride] for n in range(height)]
    plain = [bytes(stride - 1)]
    for kind, *row in rows:
        assert kind in (0, 2), "filtered in another way than the test can read"
        plain.append(bytes((b + up) % 256 if kind else b for b, up in zip(row, plain[-1], strict=True)))
    return [[not row[x // 8] >> (7 - x % 8) & 1 for x in range(width)] for row in plain[1:]]


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
