"""The exhibits of a dossier: letters and replies as pages, each of one member alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.campaign.model import OWN_REASON
from rightskit.cases.model import EventKind
from rightskit.files.flattening import flattened
from rightskit.files.problems import FileProblemError
from rightskit.flows import alone, correspondence, evidence
from rightskit.mailbox.parse import parse
from rightskit.rendering import copies, merging
from rightskit.vault import departures

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rightskit.flows.alone import Alone
    from rightskit.flows.binder import Binder, Written
    from rightskit.flows.evidence import Known
    from rightskit.flows.subjects import Subject
    from rightskit.mailbox.model import Attachment
    from rightskit.rendering.model import Enclosure

    Facts = Sequence[tuple[str, str]]

_BRINGS_DATA = frozenset({EventKind.DATA_RECEIVED, EventKind.PARTLY_GRANTED})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A letter or a reply that shows something of a request.

    Attributes:
        reference: of the request.
        member: whose it is.
        named: whether the member is shown by name.
        events: ids of the events that it shows.
        one: what it is.
        why: why it is left out, as the end of a key ``enclosure.because_…``; empty where it is not.
    """

    reference: str
    member: str
    named: bool
    events: tuple[int, ...]
    one: Enclosure
    why: str


def candidates(known: Known, reference: str, language: str, *, named: bool) -> list[Candidate]:
    """What shows the events of a request, in order, each piece once."""
    request = known.lookup.requests[reference]
    found: dict[str, Candidate] = {}
    for event, one, gone in evidence.shown(known, reference, known.events[reference], language):
        private = not named and (event.kind in _BRINGS_DATA or _is_reason(request.letter, one))
        before = found.get(one.key)
        why = gone or (before.why if before else "") or ("private" if private else "")
        events = (*(before.events if before else ()), event.id)
        title = before.one if before else one
        found[one.key] = Candidate(reference, request.member, named, events, title, why)
    return list(found.values())


def _is_reason(letter: str, one: Enclosure) -> bool:
    """Whether it is a letter of ours that stands on the member's own situation."""
    return letter == OWN_REASON and one.kind != correspondence.REPLY


def pages(known: Known, watch: Alone, candidate: Candidate, language: str) -> tuple[bytes, str]:
    """A candidate as PDF; or nothing, and why it is left out.

    What tells of other members is blackened. Of a member without a name everything that could tell of them is, and no
    file goes along. What came as a file is shown as pictures of its pages. The finished words are looked through again;
    where they tell of somebody, those that are ours do not count: a member may be called like a label or a month in one
    language, and every edition leaves out the same.
    """
    member = candidate.member

    def clean(text: str) -> str:
        bare = watch.without_others(text, member)
        return bare if candidate.named else watch.nameless(bare, member)

    facts, text, came = _opened(known, candidate.one, language)
    facts, text = [(label, clean(value)) for label, value in facts], clean(text)
    files = [(clean(file.name), *_shown(watch, candidate, file)) for file in came]
    notes = [correspondence.note(name, why, language) for name, _, why in files]
    page = copies.copy_of(language, candidate.one.title, facts, notes, text)
    if _tells(watch, candidate, page):
        theirs = copies.copy_of("", "", [("", value) for _, value in facts], [name for name, *_ in files], text)
        if why := _tells(watch, candidate, theirs):
            return b"", why
    return merging.joined([page, *(flat for _, flat, why in files if not why)]), ""


def _tells(watch: Alone, candidate: Candidate, page: bytes) -> str:
    """Why a page is left out: it tells of ``others``, or of whom it must not, or nobody can look for them on it."""
    said = alone.words_on(page)
    if said is None:
        return "dark"
    if watch.shows_another(said, candidate.member):
        return "others"
    return "private" if not candidate.named and watch.tells(said, candidate.member) else ""


def _opened(known: Known, one: Enclosure, language: str) -> tuple[Facts, str, Sequence[Attachment]]:
    """Who wrote to whom, the words, and the files of a letter or a reply."""
    if one.kind == correspondence.PAPER:
        return (), departures.raw(known.connection, one.key).decode(), ()
    if one.kind == correspondence.MAIL:
        reply = parse(departures.raw(known.connection, one.key))
        return list(correspondence.facts(reply, language)), reply.text, ()
    _, reply = correspondence.opened(known.connection, one.key)
    return list(correspondence.facts(reply, language)), reply.text, reply.attachments


def _shown(watch: Alone, candidate: Candidate, file: Attachment) -> tuple[bytes, str]:
    """A file of a reply as pictures of its pages, or why it does not go along."""
    if not candidate.named:
        return b"", "private"
    if why := correspondence.why_not(file):
        return b"", why
    words = alone.words_on(file.content)
    if words is None:
        return b"", "dark"
    if watch.shows_another(f"{file.name}\n{words}", candidate.member):
        return b"", "others"
    try:
        return flattened(file.content), ""
    except FileProblemError:
        return b"", "broken"


def wanted(known: Known, people: Sequence[Subject], language: str) -> list[tuple[int, Candidate]]:
    """All that shows the courses of some members, with the number of each member, in the order of people and days."""
    return [
        (one.number, candidate)
        for one in people
        for case in one.cases
        for candidate in candidates(known, case.request.reference, language, named=one.named)
    ]


def bind(known: Known, watch: Alone, some: Iterable[tuple[int, Candidate]], binder: Binder) -> Written:
    """Write exhibits, one after the other; what cannot be one is noted."""
    for person, candidate in some:
        raw, why = (b"", candidate.why) if candidate.why else pages(known, watch, candidate, binder.language)
        if why:
            binder.leave_out(person, candidate, why)
        else:
            binder.add(person, candidate, raw)
    return binder.written()
