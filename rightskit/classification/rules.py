"""What a sentence says, by rules: patterns with weights, one module of them per language.

Patterns are written for sentences as :func:`rightskit.classification.sentences.normalise` leaves them: lower case,
umlauts written out, no accents. A further language is one module and one line in ``_LANGUAGES``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from rightskit.classification import rules_de, rules_en, rules_fr
from rightskit.classification.model import Evidence, ReplyKind
from rightskit.classification.sentences import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from types import ModuleType

_LANGUAGES: Mapping[str, ModuleType] = {"de": rules_de, "en": rules_en, "fr": rules_fr}
# What a conditional sentence ("if you want us to …, send us …") leaves of a weight.
_CONDITIONAL = 0.45
_CONDITION_MATTERS = frozenset(
    {
        ReplyKind.REFUSAL,
        ReplyKind.NO_DATA,
        ReplyKind.CONFIRMED,
        ReplyKind.FEE_DEMAND,
        ReplyKind.IDENTITY_DEMAND,
        ReplyKind.MANDATE_DEMAND,
        ReplyKind.CLARIFICATION_DEMAND,
        ReplyKind.WRONG_CHANNEL,
        ReplyKind.WRONG_CONTROLLER,
        ReplyKind.EXTENSION,
        ReplyKind.DATA_BY_POST,
        ReplyKind.AUTO_REPLY,
    }
)


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern that shows a kind.

    Attributes:
        pattern: searched in the normalised sentence.
        unless: where this is found in the same sentence, the rule says nothing; None where nothing cancels it.
        weight: from 0 to 1.
    """

    kind: ReplyKind
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None
    weight: float


@dataclass(frozen=True, slots=True)
class Rulebook:
    """All rules of a language.

    Attributes:
        condition: shows that a sentence holds only under a condition.
        absence: says that somebody is out of office.
        pleasantry: sentences that say nothing ("please contact us with any questions").
    """

    rules: tuple[Rule, ...]
    condition: re.Pattern[str]
    absence: re.Pattern[str]
    pleasantry: re.Pattern[str]


def judge(sentence: str, languages: Sequence[str]) -> Iterator[Evidence]:
    """What one sentence says, the strongest evidence for each kind; weak where it holds only under a condition."""
    plain = normalise(sentence)
    best: dict[ReplyKind, float] = {}
    for book in rulebooks(languages):
        conditional = bool(book.condition.search(plain))
        for rule in book.rules:
            if rule.pattern.search(plain) and not (rule.unless and rule.unless.search(plain)):
                weight = rule.weight * (_CONDITIONAL if conditional and rule.kind in _CONDITION_MATTERS else 1)
                best[rule.kind] = max(weight, best.get(rule.kind, 0.0))
    return (Evidence(kind, sentence, weight) for kind, weight in best.items())


def is_pleasantry(sentence: str, languages: Sequence[str]) -> bool:
    """Whether a sentence is one of those that say nothing."""
    plain = normalise(sentence)
    return any(book.pleasantry.search(plain) for book in rulebooks(languages))


def is_absence(sentence: str, languages: Sequence[str]) -> bool:
    """Whether a sentence says that somebody is out of office."""
    plain = normalise(sentence)
    return any(book.absence.search(plain) for book in rulebooks(languages))


def has_rules(languages: Sequence[str]) -> bool:
    """Whether the main language of a text has rules."""
    return bool(languages) and languages[0] in _LANGUAGES


def rulebooks(languages: Sequence[str]) -> list[Rulebook]:
    """The rulebooks of these languages; all where none of them has one."""
    known = [language for language in languages if language in _LANGUAGES]
    return [_rulebook(language) for language in known or _LANGUAGES]


@cache
def _rulebook(language: str) -> Rulebook:
    module = _LANGUAGES[language]
    unless = {kind: _any_of(patterns) for kind, patterns in module.UNLESS.items()}
    rules = tuple(
        Rule(kind, _any_of(patterns), unless.get(kind), weight)
        for kind, weighted in module.RULES.items()
        for weight, patterns in weighted.items()
    )
    return Rulebook(rules, _any_of(module.CONDITION), _any_of([module.ABSENCE]), _any_of(module.PLEASANTRY))


def _any_of(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(patterns))
