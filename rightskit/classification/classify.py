"""Reply -> kinds with evidence: structure first, then the sender's own words, sentence by sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rightskit.classification import enclosures, structure
from rightskit.classification.fold import Facts, kept, settle, strength
from rightskit.classification.language import languages
from rightskit.classification.model import Classification, Evidence, ReplyKind
from rightskit.classification.quotes import own_words
from rightskit.classification.rules import has_rules, is_pleasantry, judge
from rightskit.classification.sentences import labelled, sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rightskit.mailbox.model import Reply

_BAR = 0.5
_FAINT = 0.3
_MOST_EVIDENCE = 12
_MACHINE = 0.9
_ANSWERING = re.compile(r"^\s*(?:re|aw|antw|wg|fwd?|tr|ref|sv)\s*:", re.IGNORECASE)
_SUBJECT_SAYS = frozenset({ReplyKind.NO_DATA, ReplyKind.REFUSAL, ReplyKind.ACKNOWLEDGEMENT, ReplyKind.AUTO_REPLY})
_SUBJECT = 0.7
# Kinds that may stand beside any other without casting doubt on it.
_BESIDE = frozenset({ReplyKind.ACKNOWLEDGEMENT, ReplyKind.AUTO_REPLY})
# How strong the words of one sentence must be before rightskit acts on them alone.
_CERTAIN = 0.85
_STRUCTURE_CERTAIN = 0.95
# Sentences that no rule understands may turn the meaning round; beyond these a person reads them.
_UNEXPLAINED = {ReplyKind.DATA: 0, ReplyKind.ACKNOWLEDGEMENT: 0, ReplyKind.CONFIRMED: 0}
_MOST_UNEXPLAINED = 1
_NEVER_CERTAIN = frozenset({ReplyKind.PARTIAL, ReplyKind.OTHER})


def classify(reply: Reply) -> Classification:
    """What a reply says; never raises, never guesses in silence: doubtful ones are not ``certain``.

    Args:
        reply: as parsed; only its sender's own words count, not the letters quoted in it.
    """
    formal = structure.evidence(reply)
    words = own_words(reply.text)
    spoken = languages(words) or languages(f"{reply.subject} {reply.text[:2000]}")
    if structure.is_notification(formal):
        return _conclude(list(formal), spoken, unexplained=0)
    said = sentences(words)
    found = [*formal, *_from_subject(reply.subject, spoken), *_from_sentences(said, spoken)]
    explained = {e.text for e in found}
    unexplained = sum(sentence not in explained and not is_pleasantry(sentence, spoken) for sentence in said)
    return _conclude(settle(found, _facts(reply, words, found)), spoken, unexplained=unexplained)


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


def _from_sentences(said: Sequence[str], spoken: Sequence[str]) -> list[Evidence]:
    found = [evidence for sentence in said for evidence in judge(sentence, spoken)]
    if strength(found, ReplyKind.CONFIRMED) >= _BAR:
        found += [evidence for evidence in map(kept, said) if evidence]
    return found


def _from_subject(subject: str, spoken: Sequence[str]) -> list[Evidence]:
    """A subject of the sender's own; one that answers repeats ours."""
    if _ANSWERING.match(subject):
        return []
    judged = judge(subject, spoken)
    return [Evidence(e.kind, e.text, e.weight * _SUBJECT) for e in judged if e.kind in _SUBJECT_SAYS]


def _facts(reply: Reply, words: str, found: Sequence[Evidence]) -> Facts:
    generated = strength(found, ReplyKind.AUTO_REPLY)
    return Facts(
        data_files=enclosures.data_files(reply),
        documents=enclosures.documents(reply),
        labels=labelled(words),
        link="http://" in words or "https://" in words,
        machine=generated >= _MACHINE,
    )


def _conclude(evidence: Sequence[Evidence], spoken: Sequence[str], *, unexplained: int) -> Classification:
    kinds = _kinds(evidence)
    primary = kinds[0]
    confidence = _confidence(evidence, kinds, unexplained)
    return Classification(
        primary=primary,
        kinds=kinds,
        confidence=confidence,
        certain=_is_certain(evidence, kinds, spoken, unexplained),
        language=spoken[0] if spoken else "",
        evidence=_shown(evidence, kinds),
    )


def _kinds(evidence: Sequence[Evidence]) -> tuple[ReplyKind, ...]:
    """All kinds over the bar in the order of precedence; the strongest faint one where none is; else other."""
    clear = tuple(kind for kind in ReplyKind if strength(evidence, kind) >= _BAR)
    if len(clear) > 1:
        clear = tuple(kind for kind in clear if kind is not ReplyKind.OTHER)
    if clear:
        return clear
    faint = max(evidence, key=lambda e: e.weight, default=None)
    return (faint.kind if faint and faint.weight >= _FAINT else ReplyKind.OTHER,)


def _confidence(evidence: Sequence[Evidence], kinds: Sequence[ReplyKind], unexplained: int) -> float:
    """Independent evidence adds up; rival kinds and unexplained sentences take away."""
    doubt = 1.0
    for weight in {e.text: e.weight for e in evidence if e.kind is kinds[0]}.values():
        doubt *= 1 - weight
    rivals = sum(kind not in _BESIDE for kind in kinds[1:])
    return round(max(0.05, (1 - doubt) * 0.8**rivals * 0.96 ** min(unexplained, 10)), 3)


def _is_certain(
    evidence: Sequence[Evidence], kinds: Sequence[ReplyKind], spoken: Sequence[str], unexplained: int
) -> bool:
    primary = kinds[0]
    best = strength(evidence, primary)
    rivals = [kind for kind in kinds[1:] if kind not in _BESIDE]
    if rivals or primary in _NEVER_CERTAIN:
        return False
    if best >= _STRUCTURE_CERTAIN:
        return True
    within = unexplained <= _UNEXPLAINED.get(primary, _MOST_UNEXPLAINED)
    return best >= _CERTAIN and within and has_rules(spoken)


def _shown(evidence: Sequence[Evidence], kinds: Sequence[ReplyKind]) -> tuple[Evidence, ...]:
    """The evidence of the kinds found, in their order, the strongest first."""
    ranked = sorted(
        (e for e in evidence if e.kind in kinds and e.weight >= _FAINT),
        key=lambda e: (kinds.index(e.kind), -e.weight),
    )
    return tuple(ranked[:_MOST_EVIDENCE])
