"""Reply -> kinds with evidence: structure first, then the sender's own words, sentence by sentence."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from rightskit.classification import encoder, remembered, structure
from rightskit.classification.decision import Decision, decide
from rightskit.classification.model import Classification, Evidence, ReplyKind
from rightskit.classification.reading import read
from rightskit.classification.sentences import normalise
from rightskit.classification.summary import summarise
from rightskit.classification.weights import LABELS, WITHHELD, weights

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rightskit.classification.reading import Reading
    from rightskit.classification.weights import Floats
    from rightskit.mailbox.model import Reply

_MOST_EVIDENCE = 12
_FOR_EACH = 3
_SHOWN = 0.4
_STEEPNESS = 2.0
_MACHINE = 0.95
_FAMILIAR = 0.65
"""The share of words that must be known before rightskit acts alone: another language is none of the eight."""
# A machine that says that nobody reads this mailbox sends the requester elsewhere.
_UNREAD = re.compile(
    r"nicht (?:\w+ )?(?:gelesen|ueberwacht|bearbeitet|beantwortet|entgegen)"
    r"|not (?:\w+ )?(?:monitored|read|checked|accept)|unmonitored"
    r"|(?:pas|plus) (?:\w+ )?(?:lue|consultee|traitee|relevee)"
    r"|niet (?:\w+ )?(?:gelezen|bekeken|gemonitord|beantwoord)"
    r"|no (?:se )?(?:\w+ )?(?:lee|leen|revisa|atiende|supervisad)"
    r"|non (?:viene |e )?(?:\w+ )?(?:lett|monitorat|presidiat)"
    r"|nie (?:jest |sa )?(?:\w+ )?(?:czytan|monitorowan|obslugiwan|sprawdzan)"
    r"|nao (?:e |sao )?(?:\w+ )?(?:lid[ao]|monitorad|respondid)"
)


def classify(reply: Reply, sent: str = "") -> Classification:
    """What a reply says; never raises, never guesses in silence: doubtful ones are not ``certain``.

    Args:
        reply: as parsed; only its sender's own words count, not the letters quoted in it.
        sent: the text of the letter that it may answer; its words are cut even where nothing marks them as quoted.
    """
    reading = read(reply, sent)
    if structure.is_notification(reading.formal):
        return _formal(reading, tuple(reading.formal))
    if reading.machine and not reading.data_files:
        return _formal(reading, (*_unread(reading), *_automatic(reading)))
    if not reading.said and not reading.attached:
        return _concluded(reading, Decision((ReplyKind.OTHER,), 0.05, certain=False), ())
    return _judged(reading)


def to_json(file: str, classification: Classification) -> dict[str, object]:
    """The fixed form of ``replies classify --json``."""
    return {
        "file": file,
        "primary": classification.primary.value,
        "kinds": [kind.value for kind in classification.kinds],
        "confidence": round(classification.confidence, 3),
        "certain": classification.certain,
        "language": classification.language,
        "evidence": [{"kind": e.kind.value, "text": e.text} for e in classification.evidence],
    }


def _judged(reading: Reading) -> Classification:
    """By the plain model; where it doubts and the encoder is installed, by both."""
    held = weights()
    subject = [reading.subject] if reading.subject else []
    said, titled = remembered.margins(reading.said), remembered.margins(subject)
    decision = decide(summarise(reading, said, titled), reading, held.decision)
    if not decision.certain and reading.said and encoder.installed():
        said = said + encoder.margins(reading.said, held.encoder)
        titled = titled + encoder.margins(subject, held.encoder)
        decision = decide(summarise(reading, said, titled), reading, held.encoded)
    if decision.certain and remembered.familiarity(reading.said) < _FAMILIAR:
        decision = replace(decision, certain=False)
    return _concluded(reading, decision, tuple(_evidence(reading, said, decision.kinds)))


def _unread(reading: Reading) -> Iterator[Evidence]:
    for sentence in reading.said:
        if _UNREAD.search(normalise(sentence)):
            yield Evidence(ReplyKind.WRONG_CHANNEL, sentence, _SHOWN)
            return


def _automatic(reading: Reading) -> Iterator[Evidence]:
    return (e for e in reading.formal if e.kind is ReplyKind.AUTO_REPLY)


def _formal(reading: Reading, evidence: tuple[Evidence, ...]) -> Classification:
    """By the form alone; certain where it says one thing."""
    kinds = tuple(kind for kind in ReplyKind if any(e.kind is kind for e in evidence))
    weight = max(e.weight for e in evidence if e.kind is kinds[0])
    return _concluded(reading, Decision(kinds, weight, weight >= _MACHINE), evidence)


def _evidence(reading: Reading, said: Floats, kinds: Sequence[ReplyKind]) -> Iterator[Evidence]:
    """For each kind its strongest sentences, and the files that are its data."""
    for kind in kinds:
        if kind is ReplyKind.DATA:
            yield from (Evidence(kind, name, 1.0) for name in reading.data_files or reading.documents)
        yield from (e for e in reading.formal if e.kind is kind)
        yield from _sentences(reading, said, kind)


def _sentences(reading: Reading, said: Floats, kind: ReplyKind) -> Iterator[Evidence]:
    columns = [LABELS.index(kind.value), *([LABELS.index(WITHHELD)] if kind is ReplyKind.PARTIAL else [])]
    speaks = 1 / (1 + np.exp(-_STEEPNESS * said[:, columns].max(axis=1))) if len(said) else np.zeros(0)
    for number, place in enumerate(np.argsort(-speaks, kind="stable")[:_FOR_EACH]):
        if number == 0 or speaks[place] >= _SHOWN:
            yield Evidence(kind, reading.said[place], float(speaks[place]))


def _concluded(reading: Reading, decision: Decision, evidence: tuple[Evidence, ...]) -> Classification:
    return Classification(
        primary=decision.kinds[0],
        kinds=decision.kinds,
        confidence=max(decision.confidence, 0.001),
        certain=decision.certain,
        language=reading.languages[0] if reading.languages else "",
        evidence=evidence[:_MOST_EVIDENCE],
    )
