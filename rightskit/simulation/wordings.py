"""What the invented controllers write, from ``wordings.yaml``."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rightskit import yamlfile
from rightskit.errors import FaultsError

if TYPE_CHECKING:
    import random
    from collections.abc import Mapping

    from rightskit.simulation.script import Turn

_FILE = Path(__file__).with_suffix(".yaml")
_FRAMES = ("greetings", "closings", "desks", "disclaimers")


@dataclass(frozen=True, slots=True)
class Wording:
    """One way to say something; subject and text hold placeholders in braces."""

    language: str
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Wordings:
    """All of them.

    Attributes:
        frames: ``greetings``, ``closings``, ``desks`` or ``disclaimers`` → language → texts.
        turns: turn → its wordings.
    """

    frames: Mapping[str, Mapping[str, tuple[str, ...]]]
    turns: Mapping[str, tuple[Wording, ...]]

    def choose(self, turn: Turn, language: str, voice: int, rng: random.Random) -> Wording:
        """One of the two wordings that this controller's desks use, German where the language has none."""
        fitting = [wording for wording in self.turns[turn] if wording.language == language]
        fitting = fitting or [wording for wording in self.turns[turn] if wording.language == "de"]
        return fitting[(voice + rng.randrange(2)) % len(fitting)]

    def frame(self, kind: str, language: str, rng: random.Random) -> str:
        """A greeting, closing, desk or disclaimer."""
        return rng.choice(self.frames[kind][language])


@functools.cache
def wordings() -> Wordings:
    """Read them once.

    Raises:
        FaultsError: the file has faults.
    """
    top = yamlfile.read(_FILE)
    frames = {}
    for kind in _FRAMES:
        section = top.section(kind)
        frames[kind] = {language: section.texts(language) for language in section.keys()}  # noqa: SIM118 (no dict)
    turns = {
        turn: tuple(
            Wording(section.text("language"), section.text("subject"), section.text("text"))
            for section in top.sections(turn)
        )
        for turn in top.keys()  # noqa: SIM118 (likewise)
        if turn not in _FRAMES
    }
    if top.faults:
        raise FaultsError(top.faults)
    return Wordings(frames, turns)
