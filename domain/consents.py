"""The consent texts, versioned in files; what is stored with an answer is the version and the text's hash.

`domain/consents/<purpose>-<version>.<voice>.html`, UTF-8, first line bold, `{controller}` filled in when shown.
A changed text is a new version: the old file stays, so that what somebody agreed to can be shown.
"""

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from domain.outcomes.choices import Purpose
from domain.voice import Voice

_FOLDER = Path(__file__).parent / "consents"
CURRENT = {Purpose.CORE: 1, Purpose.CARRIER: 1, Purpose.ANNOUNCEMENTS: 1, Purpose.SHOW_TELEGRAM: 1}


@dataclass(frozen=True)
class ConsentText:
    purpose: Purpose
    version: int
    voice: Voice
    html: str

    def sha256(self, controller: str) -> str:
        """Hex digest of the text as it was shown."""
        return sha256(self.html.replace("{controller}", controller).encode()).hexdigest()


@cache
def text(purpose: Purpose, voice: Voice) -> ConsentText:
    """The current version. Raises FileNotFoundError if a voice lacks it (a test looks)."""
    version = CURRENT[purpose]
    path = _FOLDER / f"{purpose.value}-{version}.{voice.value}.html"
    return ConsentText(purpose, version, voice, path.read_text("utf-8").strip())
