import random

import pytest

from rightskit.simulation.script import Turn
from rightskit.simulation.wordings import wordings

FIELDS = {key: key for key in ("name", "controller", "ticket", "sent", "until", "document", "link")}


@pytest.mark.parametrize("turn", sorted(set(Turn) - {Turn.BOUNCE, Turn.DELAY}))
def test_every_turn_has_words_without_a_placeholder_left(turn):
    for wording in wordings().turns[turn]:
        assert wording.subject
        assert wording.text
        assert wording.language in {"de", "en"}
        assert "{" not in wording.subject.format_map(FIELDS) + wording.text.format_map(FIELDS)


@pytest.mark.parametrize("turn", sorted(set(Turn) - {Turn.BOUNCE, Turn.DELAY, Turn.SPAM}))
def test_every_turn_is_said_in_several_ways(turn):
    assert sum(wording.language == "de" for wording in wordings().turns[turn]) >= 2


def test_a_language_without_words_falls_back_to_german():
    assert wordings().choose(Turn.MANDATE, "en", 0, random.Random(1)).language == "de"


def test_every_frame_stands_in_both_languages():
    assert all({"de", "en"} <= set(texts) for texts in wordings().frames.values())
