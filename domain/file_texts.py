"""The text of a table that somebody sends as a file, in whatever encoding their program saved it."""

from codecs import BOM_UTF16_BE, BOM_UTF16_LE


class NotText(ValueError):  # noqa: N818 - named for what is wrong with the file
    """It is no text at all."""

    def __init__(self) -> None:
        super().__init__("not a text")


def text_of(content: bytes) -> str:
    """UTF-8, UTF-16 with its mark or without, or else the Windows encoding in which tables are saved here.

    Raises NotText.
    """
    if (encoding := _utf16(content)) is not None:
        text = content.decode(encoding, errors="replace")
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("cp1252", errors="replace")
    if "\0" in text:
        raise NotText
    return text


def _utf16(content: bytes) -> str | None:
    """By its mark, else by the empty half of a first Latin letter."""
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return "utf-16"
    if len(content) > 1 and 0 in content[:2]:
        return "utf-16-le" if content[0] else "utf-16-be"
    return None
