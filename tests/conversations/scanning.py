"""A QR picture in a chat, read as a scanner reads it: by another library than the one that drew it."""

import zlib

import numpy as np
import zxingcpp


async def scanned(world, bubble):
    """What the code in the picture of this message says."""
    picture = pixels(await downloaded(world, bubble))
    grey = np.array([[0 if dark else 255 for dark in row] for row in picture], dtype=np.uint8)
    (found,) = zxingcpp.read_barcodes(grey)
    return found.text


async def downloaded(world, bubble):
    """The largest size of the picture."""
    address = f"{world.url}/stage/files/{bubble.body['photo'][-1]['file_id']}"
    async with world._http.get(address) as answer:
        return await answer.read()


def pixels(png):
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
