"""QR pictures of links."""

import io

from markupsafe import Markup

_PIXELS = 600  # wide enough to scan from a projector screen, small enough for a crowded network
_QUIET = 4  # modules of white border, as the standard demands


def qr_png(link: str) -> bytes:
    """The link as a PNG about 600 pixels wide, readable even if 15 % of it is damaged."""
    import segno  # noqa: PLC0415 - few processes draw a code

    code = segno.make(link, error="m", micro=False, boost_error=False)
    modules, _ = code.symbol_size(border=_QUIET)
    out = io.BytesIO()
    code.save(out, kind="png", scale=max(1, round(_PIXELS / modules)), border=_QUIET)
    return out.getvalue()


def qr_svg(link: str) -> Markup:
    """The same as a drawing without a size of its own, to stand in a page that says elsewhere what it is."""
    import segno  # noqa: PLC0415 - few processes draw a code

    code = segno.make(link, error="m", micro=False, boost_error=False)
    drawn = code.svg_inline(
        border=_QUIET, omitsize=True, dark="#000", light="#fff", svgclass=None, lineclass=None
    )
    return Markup(drawn)  # noqa: S704 - the drawing is segno's; the link is only in its lines
