"""The coach: what a pledge's sentence leaves open, and a sharper one made of the person's own words.

Rules, no model. Nothing here judges whether a pledge is worth making: it asks whether both will know, on the day, if it
was kept.
"""

from domain.coaching.gaps import Gap, found, of_words_under_way
from domain.coaching.sharper import Advice, advise

__all__ = ["Advice", "Gap", "advise", "found", "of_words_under_way"]
