"""The buttons of looking back."""

from actions.pledging.endings import retrospectives
from domain.outcomes.choices import Theme
from domain.readers import Readership
from domain.retrospectives import Line
from handlers.button_arguments import number
from handlers.routes import Route, agreed
from messages.buttons import Verb

ROUTES: dict[Verb, Route] = {
    Verb.RETRO: agreed(retrospectives.show, number),
    Verb.RETRO_LINES: agreed(retrospectives.choose_line, number),
    Verb.RETRO_LINE: agreed(retrospectives.ask_words, number, Line),
    Verb.RETRO_BACK: agreed(retrospectives.take_back_words, number, Line),
    Verb.RETRO_ADVICE: agreed(retrospectives.take_advice, number),
    Verb.RETRO_OK: agreed(retrospectives.approve, number, number),
    Verb.RETRO_THEIRS: agreed(retrospectives.approve_for_entered, number, number),
    Verb.RETRO_TEXT: agreed(retrospectives.pass_on, number),
    Verb.RETRO_NONE: agreed(retrospectives.decline, number),
    Verb.RETRO_AGAIN: agreed(retrospectives.reopen, number),
    Verb.RETRO_READERS: agreed(retrospectives.ask_readers, number),
    Verb.RETRO_READ_BY: agreed(retrospectives.let_read, number, Readership),
    Verb.RETRO_PICTURE: agreed(retrospectives.draw, number, Theme),
}
