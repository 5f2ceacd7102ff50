"""How an answer refers to the letter: by thread, by a damaged subject, by address alone, or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from rightskit.simulation.script import MACHINE

if TYPE_CHECKING:
    import datetime as dt
    import random

    from rightskit.simulation.letterbox import Mail
    from rightskit.simulation.profiles import Profile
    from rightskit.simulation.script import Turn


@dataclass(frozen=True, slots=True)
class Scene:
    """One message that is about to be written.

    Attributes:
        mail: the letter that it answers.
        turn: what it says; neither bounce, delay nor spam.
        when: its Date.
        own: the campaign's plain address.
        rng: decides wording, style and encoding.
    """

    mail: Mail
    turn: Turn
    profile: Profile
    when: dt.datetime
    own: str
    rng: random.Random

    def chance(self, share: float) -> bool:
        """Yes in this share of all cases."""
        return self.rng.random() < share


class Style(StrEnum):
    """What ties an answer to its letter."""

    THREAD = "thread"
    SUBJECT = "subject"
    ADDRESS = "address"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Reference:
    """How one answer refers to its letter.

    Attributes:
        to: where it goes.
        sender: its own address.
        subject: decoded.
        threaded: whether In-Reply-To and References name the letter.
        line: the line with the reference in the text; empty for none.
        quotes: whether the letter is quoted.
    """

    to: str
    sender: str
    subject: str
    threaded: bool
    line: str
    quotes: bool


def refer(scene: Scene, subject: str, ticket: str) -> Reference:
    """Choose how an answer refers to its letter; ``subject`` is the wording's own."""
    mail, rng = scene.mail, scene.rng
    style = _style(scene)
    answering = rng.choice(("AW: ", "AW: ", "Re: ", "Antw: ", "AW: AW: ")) + mail.subject
    titled = answering if scene.chance(0.6) else subject
    if style is Style.THREAD:
        line = f"Ihr Zeichen: {mail.reference}" if scene.chance(0.35) else ""
        return Reference(mail.reply_to, _desk(mail, rng), titled, True, line, scene.chance(0.55))
    if style is Style.SUBJECT:
        damaged = damage(mail.reference, rng)
        titled = titled.replace(mail.reference, damaged) if mail.reference in titled else f"{subject} ({damaged})"
        line = f"Ihr Schreiben mit dem Zeichen\n{_torn(mail.reference)}" if scene.chance(0.3) else ""
        return Reference(scene.own, _desk(mail, rng), titled, False, line, scene.chance(0.2))
    if style is Style.ADDRESS:
        return Reference(mail.reply_to, _desk(mail, rng), subject, False, "", False)
    return Reference(scene.own, f"ticket-{ticket}@{mail.domain}", f"[{ticket}] {subject}", False, "", False)


def damage(reference: str, rng: random.Random) -> str:
    """A reference as it comes back: lower case, with blanks, torn, or with a letter O for each zero."""
    return rng.choice(
        (
            reference.lower(),
            reference.replace("-", " "),
            _torn(reference).replace("\n", " "),
            reference.replace("0", "O"),
            reference.replace("-", ""),
            reference.replace("-", "\u2013"),
        )
    )


def _torn(reference: str) -> str:
    """With a line break after the second dash, as a program wraps it."""
    return f"{reference[:8]}\n{reference[8:]}"


def _style(scene: Scene) -> Style:
    if scene.turn in MACHINE and scene.chance(0.8):
        return Style.THREAD
    weights = {Style.THREAD: 0.66, Style.SUBJECT: 0.18, Style.ADDRESS: 0.1, Style.NAME: scene.profile.tickets}
    style = scene.rng.choices(list(weights), list(weights.values()))[0]
    tagged = "+" in scene.mail.reply_to.partition("@")[0]
    return Style.SUBJECT if style is Style.ADDRESS and not tagged else style


def _desk(mail: Mail, rng: random.Random) -> str:
    local = rng.choice(("", "", "", "auskunft", "noreply", "service"))
    return f"{local}@{mail.domain}" if local else mail.to
