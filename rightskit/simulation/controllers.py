"""Invented controllers that answer the letters of a campaign, in simulated time.

Everything follows from the letters and the seed: the same letters and seed give the same bytes, whatever window of
time is asked for, so that a simulation can be run up to a day, and later on from there. Nothing leaves the machine.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import random
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.cases.model import EventKind
from rightskit.simulation import credit, notices, writing
from rightskit.simulation.profiles import profile_of
from rightskit.simulation.script import Step, Turn, first_steps, instant, steps_after_reminder
from rightskit.simulation.style import Scene

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rightskit.simulation.letterbox import Mail, Paper


@dataclass(frozen=True, slots=True)
class World:
    """What a simulation is run with.

    Attributes:
        own: the campaign's plain mail address; answers to others go home to the member.
        seed: the same seed gives the same answers.
        sheets: at most this many answers carry a score sheet as PDF, which takes time to lay out; later ones carry
            the export instead.
    """

    own: str
    seed: int
    sheets: int = 60


@dataclass(frozen=True, slots=True)
class Answer:
    """One message to come.

    Attributes:
        when: its date, in the controllers' time zone.
        turn: what it says: the truth that a classifier can be measured against.
        mail: the letter that it answers; for spam any.
        home: whether it goes to the member and not to the campaign.
        sheet: whether data come as a score sheet.
    """

    when: dt.datetime
    turn: Turn
    mail: Mail
    home: bool
    sheet: bool = False


def answers(letters: Iterable[Mail], world: World, start: dt.date, until: dt.date) -> Iterator[tuple[Answer, bytes]]:
    """The messages that reach the campaign in a window of time, by date, with the truth about each.

    Args:
        letters: all that was sent so far, as :func:`rightskit.simulation.letterbox.read_outbox` reads it: the first
            with a reference is the request, later ones remind. Complaints are left aside: authorities stay silent here.
        world: address and seed.
        start: first day.
        until: last day.
    """
    for answer in plan(letters, world):
        if start <= answer.when.date() <= until and not answer.home:
            yield answer, write(answer, world)


def came_home(
    letters: Iterable[Mail], papers: Iterable[Paper], world: World, start: dt.date, until: dt.date
) -> Iterator[tuple[dt.date, str, EventKind]]:
    """What members tell of answers that came to them: day, reference and what happened, by the day of the answer.

    Those are answers to letters whose Reply-To is the member's own, and answers to letters on paper. Two of three
    members tell, within three days; an answer is given once its member has told, from ``start`` to ``until``.
    """
    told = [(a.when.date(), a.mail.reference, a.turn) for a in plan(letters, world) if a.home]
    told += [(on, paper.reference, step.turn) for paper in papers for on, step in _by_post(paper, world.seed)]
    for on, reference, turn in sorted(told):
        if turn in _EVENTS and _tells(world.seed, reference) and start <= on + _TELLING_TAKES <= until:
            yield on, reference, _EVENTS[turn]


def plan(letters: Iterable[Mail], world: World) -> list[Answer]:
    """All messages to come, by date, with what they say and whom they reach."""
    first: dict[str, Mail] = {}
    coming: list[Answer] = []
    for mail in sorted(letters, key=lambda mail: (mail.sent, mail.reference)):
        if _COMPLAINT.search(mail.subject):
            continue
        before = first.setdefault(mail.reference, mail)
        coming += _answers(mail, world) if before is mail else _answers_to_reminder(mail, before, world)
    if first:
        coming.append(_spam(next(iter(first.values())), world.seed))
    coming.sort(key=lambda answer: (answer.when, answer.mail.reference, answer.turn))
    return list(_with_sheets(coming, world.sheets))


def write(answer: Answer, world: World) -> bytes:
    """The message's bytes."""
    mail, when = answer.mail, answer.when
    rng = _rng(world.seed, mail.reference, f"{answer.turn}/{when:%Y%m%d}")
    if answer.turn is Turn.SPAM:
        return writing.spam(when, own=world.own, rng=rng)
    if answer.turn in {Turn.BOUNCE, Turn.DELAY}:
        return notices.notice(mail, when, own=world.own, failed=answer.turn is Turn.BOUNCE, rng=rng)
    profile = profile_of(mail.to)
    attachment = None
    if answer.turn in {Turn.DATA, Turn.PARTIAL}:
        attachment = credit.document(mail, profile, seed=world.seed, on=when.date(), sheet=answer.sheet)
    return writing.reply(Scene(mail, answer.turn, profile, when, world.own, rng), attachment)


_TELLING = 0.67
_TELLING_TAKES = dt.timedelta(days=3)
_EVENTS = {
    Turn.ACKNOWLEDGEMENT: EventKind.ACKNOWLEDGED,
    Turn.IDENTITY: EventKind.IDENTITY_DEMANDED,
    Turn.MANDATE: EventKind.MANDATE_DEMANDED,
    Turn.CLARIFICATION: EventKind.CLARIFICATION_DEMANDED,
    Turn.EXTENSION: EventKind.EXTENDED,
    Turn.WRONG_CHANNEL: EventKind.REDIRECTED,
    Turn.REFUSAL: EventKind.REFUSED,
    Turn.PARTIAL: EventKind.PARTLY_GRANTED,
    Turn.NO_DATA: EventKind.NO_DATA,
    Turn.DATA: EventKind.DATA_RECEIVED,
}
# Machines answer the envelope's sender (RFC 3834 section 4), which is the campaign's account.
_TO_ENVELOPE = frozenset({Turn.BOUNCE, Turn.DELAY, Turn.OUT_OF_OFFICE})
_ON_PAPER = frozenset(_EVENTS) - {Turn.WRONG_CHANNEL}
_COMPLAINT = re.compile(r"Beschwerde|complaint|réclamation", re.IGNORECASE)


def _answers(mail: Mail, world: World) -> Iterator[Answer]:
    return _timed(mail, first_steps(mail.reference, profile_of(mail.to), world.seed), world)


def _answers_to_reminder(reminder: Mail, first: Mail, world: World) -> Iterator[Answer]:
    waited = (reminder.sent - first.sent).days
    steps = steps_after_reminder(reminder.reference, profile_of(reminder.to), world.seed, waited)
    return _timed(_completed(reminder, first), steps, world)


def _timed(mail: Mail, steps: Iterable[Step], world: World) -> Iterator[Answer]:
    away = _plain(mail.reply_to) != _plain(world.own)
    for step in steps:
        rng = _rng(world.seed, mail.reference, f"{step.turn}/{mail.sent:%Y%m%d}")
        machine = away and step.turn in _TO_ENVELOPE
        answered = dataclasses.replace(mail, reply_to=world.own) if machine else mail
        yield Answer(instant(mail.sent, step, rng), step.turn, answered, home=away and not machine)


def _by_post(paper: Paper, seed: int) -> Iterator[tuple[dt.date, Step]]:
    """What a letter on paper brings home; the post takes two days each way."""
    for step in first_steps(paper.reference, profile_of(paper.controller), seed):
        if step.turn in _ON_PAPER:
            yield paper.sent + dt.timedelta(days=step.day + 4), step


def _completed(reminder: Mail, first: Mail) -> Mail:
    """A reminder with what only the first letter says about the person."""
    return dataclasses.replace(
        reminder,
        name=first.name,
        birthdate=first.birthdate,
        street=first.street,
        postal_code=first.postal_code,
        city=first.city,
    )


def _with_sheets(coming: Iterable[Answer], sheets: int) -> Iterator[Answer]:
    """Give the first ``sheets`` answers with data of those who send PDFs a score sheet."""
    left = sheets
    for answer in coming:
        wants = answer.turn is Turn.DATA and not answer.home and profile_of(answer.mail.to).document == "pdf"
        yield dataclasses.replace(answer, sheet=True) if wants and left > 0 else answer
        left -= wants


def _spam(mail: Mail, seed: int) -> Answer:
    """One advertisement, seventeen days after the first letter."""
    rng = _rng(seed, "spam", "when")
    return Answer(instant(mail.sent, Step(Turn.SPAM, 17), rng), Turn.SPAM, mail, home=False)


def _tells(seed: int, reference: str) -> bool:
    return _rng(seed, reference, "tells").random() < _TELLING


def _plain(address: str) -> str:
    """An address without its tag (RFC 5233)."""
    local, _, domain = address.lower().partition("@")
    return f"{local.partition('+')[0]}@{domain}"


def _rng(seed: int, reference: str, purpose: str) -> random.Random:
    return random.Random(f"{seed}/{reference}/{purpose}")  # noqa: S311 (reproducible, not secret)
