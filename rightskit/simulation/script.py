"""What happens to one request: a fate drawn by weight, as turns on days.

A request's fate depends on the seed and its reference alone, so that every stage of a simulation draws it again
instead of keeping it.
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from rightskit.simulation.letterbox import BERLIN

if TYPE_CHECKING:
    from rightskit.simulation.profiles import Profile


class Turn(StrEnum):
    """One message of a controller, or of a machine on the way to it."""

    RECEIPT = "receipt"
    OUT_OF_OFFICE = "out-of-office"
    ACKNOWLEDGEMENT = "acknowledgement"
    IDENTITY = "identity"
    MANDATE = "mandate"
    CLARIFICATION = "clarification"
    EXTENSION = "extension"
    EXTENSION_BARE = "extension-bare"
    WRONG_CHANNEL = "wrong-channel"
    REFUSAL = "refusal"
    PARTIAL = "partial"
    NO_DATA = "no-data"
    DATA = "data"
    BY_POST = "by-post"
    LINK = "link"
    BOUNCE = "bounce"
    DELAY = "delay"
    SPAM = "spam"


FINAL = frozenset({Turn.REFUSAL, Turn.PARTIAL, Turn.NO_DATA, Turn.DATA, Turn.BY_POST, Turn.LINK})
"""Turns after which a controller has said what it has to say."""
MACHINE = frozenset({Turn.RECEIPT, Turn.OUT_OF_OFFICE, Turn.BOUNCE, Turn.DELAY})
"""Turns that come within minutes or hours, at any time of day."""
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Step:
    """A turn and the day on which it comes, counted from the letter's."""

    turn: Turn
    day: int


@dataclass(frozen=True, slots=True)
class Fate:
    """How a controller deals with a request.

    Attributes:
        weight: how often, relative to the others.
        legs: turn, first and last day.
    """

    weight: float
    legs: tuple[tuple[Turn, int, int], ...] = ()


FATES = {
    "data": Fate(0.29, ((Turn.DATA, 10, 28),)),
    "data-late": Fate(0.07, ((Turn.DATA, 36, 45),)),
    "no-data": Fate(0.1, ((Turn.NO_DATA, 4, 27),)),
    "identity": Fate(0.06, ((Turn.IDENTITY, 3, 13),)),
    "identity-late": Fate(0.03, ((Turn.IDENTITY, 17, 20),)),
    "identity-data": Fate(0.03, ((Turn.IDENTITY, 3, 9), (Turn.DATA, 22, 40))),
    "extension": Fate(0.035, ((Turn.EXTENSION, 20, 28), (Turn.DATA, 55, 84))),
    "extension-only": Fate(0.015, ((Turn.EXTENSION, 24, 32),)),
    "extension-bare": Fate(0.03, ((Turn.EXTENSION_BARE, 20, 32),)),
    "refusal": Fate(0.03, ((Turn.REFUSAL, 7, 29),)),
    "partial": Fate(0.04, ((Turn.PARTIAL, 12, 34),)),
    "wrong-channel": Fate(0.04, ((Turn.WRONG_CHANNEL, 1, 6),)),
    "by-post": Fate(0.025, ((Turn.BY_POST, 8, 26),)),
    "link": Fate(0.02, ((Turn.LINK, 8, 26),)),
    "mandate": Fate(0.015, ((Turn.MANDATE, 3, 12),)),
    "clarification": Fate(0.015, ((Turn.CLARIFICATION, 3, 16),)),
    "bounce": Fate(0.02, ((Turn.BOUNCE, 0, 0),)),
    "delay": Fate(0.01, ((Turn.DELAY, 0, 0),)),
    "delay-data": Fate(0.01, ((Turn.DELAY, 0, 0), (Turn.DATA, 14, 30))),
    "silence": Fate(0.19),
}
# What a reminder brings where the controller had not said what it has to say.
REMINDED = {
    "data": Fate(0.5, ((Turn.DATA, 3, 14),)),
    "no-data": Fate(0.06, ((Turn.NO_DATA, 3, 10),)),
    "acknowledgement": Fate(0.07, ((Turn.ACKNOWLEDGEMENT, 1, 4),)),
    "refusal": Fate(0.04, ((Turn.REFUSAL, 5, 14),)),
    "silence": Fate(0.33),
}


def first_steps(reference: str, profile: Profile, seed: int) -> tuple[Step, ...]:
    """What a request brings without any reminder."""
    rng = random.Random(f"{seed}/{reference}")  # noqa: S311 (reproducible, not secret)
    name = _draw(rng, FATES, profile)
    legs = FATES[name].legs
    steps = [Step(turn, rng.randint(first, last) + _delay(turn, name, profile)) for turn, first, last in legs]
    return (*_prelude(rng, name, profile), *steps)


def steps_after_reminder(reference: str, profile: Profile, seed: int, waited: int) -> tuple[Step, ...]:
    """What a reminder brings that comes ``waited`` days after the letter; days count from the reminder."""
    earlier = first_steps(reference, profile, seed)
    if any(step.turn is Turn.BOUNCE for step in earlier):
        return (Step(Turn.BOUNCE, 0),)
    if any(step.turn in FINAL or (step.day > waited and step.turn not in MACHINE) for step in earlier):
        return ()
    rng = random.Random(f"{seed}/{reference}/reminder")  # noqa: S311 (likewise)
    legs = REMINDED[_draw(rng, REMINDED, profile)].legs
    return tuple(Step(turn, rng.randint(first, last)) for turn, first, last in legs)


def instant(sent: dt.datetime, step: Step, rng: random.Random) -> dt.datetime:
    """When a turn comes: machines within minutes, people on a working day between 8 and 18 h."""
    if step.turn is Turn.DELAY:
        return sent + dt.timedelta(hours=4, minutes=rng.randrange(20))
    if step.turn in MACHINE:
        return sent + dt.timedelta(minutes=rng.randint(1, 12))
    day = sent.date() + dt.timedelta(days=step.day)
    if day.weekday() >= _SATURDAY:
        day += dt.timedelta(days=7 - day.weekday())
    return dt.datetime.combine(day, dt.time(rng.randint(8, 17), rng.randrange(60), rng.randrange(60)), BERLIN)


def _draw(rng: random.Random, fates: dict[str, Fate], profile: Profile) -> str:
    weights = [fate.weight * profile.tilt.get(name, 1) for name, fate in fates.items()]
    return rng.choices(list(fates), weights)[0]


def _delay(turn: Turn, fate: str, profile: Profile) -> int:
    """Slow controllers take longer for what they have to look up; what is late already stays as it is."""
    return profile.slow if turn in FINAL and fate != "data-late" else 0


def _prelude(rng: random.Random, fate: str, profile: Profile) -> tuple[Step, ...]:
    """What comes before the substance: receipts and acknowledgements, rarely an absence."""
    if fate == "bounce":
        return ()
    quiet = 0.3 if fate == "silence" else 1
    chances = (
        (Step(Turn.RECEIPT, 0), profile.receipt * quiet),
        (Step(Turn.OUT_OF_OFFICE, 0), 0.03),
        (Step(Turn.ACKNOWLEDGEMENT, rng.randint(1, 5)), profile.acknowledges * quiet),
    )
    return tuple(step for step, chance in chances if rng.random() < chance)
