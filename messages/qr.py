"""A link as a picture that a phone's camera reads."""

import io

import segno

_PIXELS = 600  # wide enough to be scanned from a beamer, small enough for a hall's network
_QUIET = 4  # modules of white around, as the standard asks


def qr_png(link: str) -> bytes:
    """PNG, about 600 pixels wide; readable with 15 % of it damaged."""
    code = segno.make(link, error="m", micro=False, boost_error=False)
    modules, _ = code.symbol_size(border=_QUIET)
    out = io.BytesIO()
    code.save(out, kind="png", scale=max(1, round(_PIXELS / modules)), border=_QUIET)
    return out.getvalue()
