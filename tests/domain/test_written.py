"""An announcement as it was written: what of its formatting is kept, where its links lead, how long it may be."""

import pytest

from domain.words import TooLong
from domain.written import CAPTION, TEXT, Format, FormatKind, Medium, MediumKind, Written, formats_of


def test_only_what_can_be_sent_again_is_kept():
    found = [("bold", 0, 2, ""), ("custom_emoji", 3, 2, ""), ("mention", 6, 4, ""), ("url", 11, 3, "")]
    assert formats_of(found) == (Format(FormatKind.BOLD, 0, 2), Format(FormatKind.URL, 11, 3))


def test_each_link_is_named_once_wherever_it_hides():
    text = "🦊 https://a.example und hier und https://a.example"
    spelled = [Format(FormatKind.URL, 3, 17), Format(FormatKind.URL, 34, 17)]
    hidden = Format(FormatKind.TEXT_LINK, 25, 4, "https://b.example/?x=1")
    assert Written(text, (*spelled, hidden)).links == ("https://a.example", "https://b.example/?x=1")
    assert Written(text).links == ()


def test_it_is_read_as_it_was_stored():
    written = Written("hier", (Format(FormatKind.TEXT_LINK, 0, 4, "https://a.example"),), media=True)
    assert Written.read(written.stored()) == written
    album = Written("", (), True, "71", (Medium(MediumKind.PHOTO, "A"),)).with_next(
        Written("Unten", (), True, "71", (Medium(MediumKind.VIDEO, "B"),))
    )
    assert (album.text, [each.file for each in album.album]) == ("Unten", ["A", "B"])
    assert Written.read(album.stored()) == album


@pytest.mark.parametrize(("photo", "limit"), [(False, TEXT), (True, CAPTION)])
def test_there_is_room_for_who_it_is_from(photo, limit):
    Written("🦊" * (limit // 2), media=photo).check()
    with pytest.raises(TooLong):
        Written("🦊" * (limit // 2) + "x", media=photo).check()
