"""Pages to be printed, of A4 and in our fonts.

fpdf is loaded with the first of them: with all that it knows of fonts it takes 20 MB, and most bots print rarely.
"""

from typing import TYPE_CHECKING

from domain.voice import Language
from messages.pictures import FONTS

if TYPE_CHECKING:
    from fpdf import FPDF


def document(title: str, language: Language) -> "FPDF":
    """A page to draw on."""
    from fpdf import FPDF  # noqa: PLC0415 - see above

    return _begun(FPDF(format="A4"), title, language)


def numbered(title: str, foot: str, language: Language, points: float, grey: int) -> "FPDF":
    """A page to write on, which others follow; below each stand `foot` and its number, in letters of so many points.

    Whoever shows the file shows its title, and not what it is called.
    """
    from fpdf import FPDF  # noqa: PLC0415 - see above
    from fpdf.prefs import ViewerPreferences  # noqa: PLC0415

    class PagesNumbered(FPDF):
        def footer(self) -> None:
            self.set_y(4 - self.b_margin)
            self.set_font("sans", "", points)
            self.set_text_color(grey)
            self.cell(0, 5, f"{foot} · {self.page_no()}", align="R")
            self.set_text_color(0)

    pdf = _begun(PagesNumbered(format="A4"), title, language)
    pdf.viewer_preferences = ViewerPreferences(display_doc_title=True)
    return pdf


def _begun(pdf: "FPDF", title: str, language: Language) -> "FPDF":
    """The same with our fonts, what it is called, and its first page."""
    pdf.set_auto_page_break(auto=False)
    pdf.add_font("sans", "", FONTS / "SourceSansPro-Regular.otf")
    pdf.add_font("sans", "B", FONTS / "SourceSansPro-Semibold.otf")
    pdf.set_title(title)
    pdf.set_lang(language)
    pdf.add_page()
    return pdf
