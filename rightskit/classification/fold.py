"""Evidence of single sentences -> what the message as a whole says.

Each step is one reading of the evidence together; they run in the order of ``STEPS``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rightskit.classification.model import Evidence, ReplyKind
from rightskit.classification.sentences import normalise

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

K = ReplyKind
GRANTED = frozenset({K.DATA, K.DATA_LINK, K.DATA_BY_POST, K.CONFIRMED})
DEMANDS = frozenset({K.IDENTITY_DEMAND, K.MANDATE_DEMAND, K.CLARIFICATION_DEMAND, K.FEE_DEMAND})
_OPEN = DEMANDS | {K.WRONG_CHANNEL, K.EXTENSION, K.WRONG_CONTROLLER}
_MACHINES = frozenset({K.AUTO_REPLY, K.ACKNOWLEDGEMENT, K.OTHER, K.BOUNCE, K.DELAY})
# Weights at which one sentence is understood, is clear, and is strong.
_LIKELY = 0.6
_CLEAR = 0.75
_STRONG = 0.8
_ACCOUNTING = re.compile(
    r"steuer|handelsrecht|handelsgesetz|abgabenordnung|\bao\b|\bhgb\b|aufbewahrungspflicht"
    r"|aufbewahrungsfrist|buchhalt|rechnung|gesetzlich"
    r"|\btax|accounting|invoice|bookkeeping|statutory|legal(?:ly)? (?:required|obligation"
    r"|retention)|by law|fiscal|comptab|factur|obligations? legale|code de commerce"
)
_KEPT = re.compile(
    r"\b(?:weiterhin|weiter|noch|vorerst) (?:\w+ ){0,3}(?:gespeichert|aufbewahr|verarbeit"
    r"|vorgehalten)|\bbehalten\b|aufbewahr\w+|bewahren .{0,60}\bauf\b"
    r"|\b(?:keep|keeping|kept|retain|retained|retaining)\b|\bconserv\w+"
)
_UNREAD = re.compile(
    r"nicht (?:\w+ )?(?:gelesen|ueberwacht|bearbeitet|beantwortet|entgegen)"
    r"|not (?:\w+ )?(?:monitored|read|checked|accept)|unmonitored"
    r"|(?:pas|plus) (?:\w+ )?(?:lue|consultee|traitee|relevee)"
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What stands beside the words.

    Attributes:
        data_files: attachments that are data by form or name.
        documents: attachments that may hold data if the words say so.
        labels: lines of ``Label: value`` in the sender's words.
        link: whether the sender's words hold a link.
        machine: whether headers say that a machine answered.
    """

    data_files: tuple[str, ...]
    documents: tuple[str, ...]
    labels: int
    link: bool
    machine: bool


def settle(evidence: list[Evidence], facts: Facts) -> list[Evidence]:
    """The evidence that stands once all of it was seen together."""
    for step in STEPS:
        evidence = [e for e in step(evidence, facts) if e.weight > 0]
    return evidence


def strength(evidence: Collection[Evidence], *kinds: ReplyKind) -> float:
    """The strongest weight for any of the kinds."""
    return max((e.weight for e in evidence if e.kind in kinds), default=0.0)


def _weaken(evidence: list[Evidence], kinds: Collection[ReplyKind], factor: float) -> list[Evidence]:
    return [replace(e, weight=e.weight * factor) if e.kind in kinds else e for e in evidence]


def _without(evidence: list[Evidence], *kinds: ReplyKind) -> list[Evidence]:
    return [e for e in evidence if e.kind not in kinds]


def machine_has_no_substance(evidence: list[Evidence], facts: Facts) -> list[Evidence]:
    """A machine's receipt lists portals, fees and forms as boilerplate: only an unread mailbox counts, for a person."""
    if not facts.machine or facts.data_files:
        return evidence
    unread = [e for e in evidence if e.kind is K.WRONG_CHANNEL and _UNREAD.search(normalise(e.text))]
    return [e for e in evidence if e.kind in _MACHINES] + _weaken(unread, {K.WRONG_CHANNEL}, 0.9)


def machine_receipt_is_auto_reply(evidence: list[Evidence], facts: Facts) -> list[Evidence]:
    """A machine that confirms receipt is an auto-reply, not an acknowledgement."""
    del facts
    return _without(evidence, K.ACKNOWLEDGEMENT) if strength(evidence, K.AUTO_REPLY) >= _CLEAR else evidence


def data_needs_data(evidence: list[Evidence], facts: Facts) -> list[Evidence]:
    """Words about data count with a file, a link or the values themselves; a data file counts without words."""
    words = strength(evidence, K.DATA)
    if words and facts.documents:
        return [*evidence, Evidence(K.DATA, facts.documents[0], 0.8)]
    if words:
        return _data_without_file(evidence, facts)
    if facts.data_files:
        return [*evidence, Evidence(K.DATA, facts.data_files[0], 0.75)]
    if facts.documents and not strength(evidence, *(_OPEN | {K.REFUSAL, K.NO_DATA, K.DATA_BY_POST, K.DATA_LINK})):
        return [*evidence, Evidence(K.DATA, facts.documents[0], 0.5)]
    return evidence


def _data_without_file(evidence: list[Evidence], facts: Facts) -> list[Evidence]:
    if facts.labels > 1:
        return [*evidence, Evidence(K.DATA, f"{facts.labels} labelled values", 0.7)]
    if strength(evidence, K.DATA_LINK):
        return _without(evidence, K.DATA)
    return _weaken(evidence, {K.DATA}, 0.65)


def link_needs_link(evidence: list[Evidence], facts: Facts) -> list[Evidence]:
    """Without a link in the words, a download is only talked about; with a file it is already here."""
    if strength(evidence, K.DATA) > strength(evidence, K.DATA_LINK) and not facts.link:
        return _without(evidence, K.DATA_LINK)
    return evidence if facts.link else _weaken(evidence, {K.DATA_LINK}, 0.8)


def data_is_never_no_data(evidence: list[Evidence], facts: Facts) -> list[Evidence]:
    """Beside the data, "no more is stored" denies nothing; a bare PDF beside a clear no is the letter that says so."""
    if facts.data_files or (facts.documents and strength(evidence, K.DATA) >= _STRONG):
        return _without(evidence, K.NO_DATA)
    return _weaken(evidence, {K.NO_DATA}, 0.6) if strength(evidence, K.DATA) >= _STRONG else evidence


def demand_is_no_refusal(evidence: list[Evidence], facts: Facts) -> list[Evidence]:
    """Whoever writes "we cannot answer before you …" asks for something; a sentence that does both demands."""
    del facts
    demanding = {e.text for e in evidence if e.kind in _OPEN and e.weight >= _LIKELY}
    evidence = [e for e in evidence if not (e.kind is K.REFUSAL and e.text in demanding)]
    if strength(evidence, K.IDENTITY_DEMAND, K.CLARIFICATION_DEMAND) >= _CLEAR:
        evidence = _weaken(evidence, {K.NO_DATA}, 0.5)
    return evidence


def grant_and_refusal_is_partial(evidence: list[Evidence], facts: Facts) -> list[Evidence]:
    """A refusal beside a grant refuses a part; without any grant, "except" says nothing."""
    del facts
    if strength(evidence, *GRANTED) >= _LIKELY:
        return [replace(e, kind=K.PARTIAL) if e.kind is K.REFUSAL else e for e in evidence]
    return [replace(e, weight=e.weight * 0.55) if e.kind is K.PARTIAL and e.weight < _STRONG else e for e in evidence]


def kept_for_accounting_is_confirmed(evidence: list[Evidence], facts: Facts) -> list[Evidence]:
    """Erased except what accounting law keeps is confirmed; other data expressly kept is partial."""
    del facts
    if strength(evidence, K.CONFIRMED) < _LIKELY:
        return evidence
    return [e for e in evidence if not (e.kind is K.PARTIAL and _ACCOUNTING.search(normalise(e.text)))]


def kept(sentence: str) -> Evidence | None:
    """A sentence that says data is kept, other than for accounting law; partial beside an erasure."""
    plain = normalise(sentence)
    return Evidence(K.PARTIAL, sentence, 0.8) if _KEPT.search(plain) and not _ACCOUNTING.search(plain) else None


def answer_outranks_hints(evidence: list[Evidence], facts: Facts) -> list[Evidence]:
    """Beside an answer in substance, a portal or a form is advice, not a redirection."""
    del facts
    answered = strength(evidence, *GRANTED, K.NO_DATA, K.REFUSAL, K.WRONG_CONTROLLER) >= _STRONG
    return _weaken(evidence, {K.WRONG_CHANNEL}, 0.5) if answered else evidence


STEPS: tuple[Callable[[list[Evidence], Facts], list[Evidence]], ...] = (
    machine_has_no_substance,
    machine_receipt_is_auto_reply,
    data_needs_data,
    link_needs_link,
    data_is_never_no_data,
    demand_is_no_refusal,
    kept_for_accounting_is_confirmed,
    grant_and_refusal_is_partial,
    answer_outranks_hints,
)
