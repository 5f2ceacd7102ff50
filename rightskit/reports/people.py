"""Who takes part, as far as it may be told, and how good the answers were."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from rightskit.reports.codebook import FIGURES, entry
from rightskit.reports.figures import members
from rightskit.reports.grading import at_least
from rightskit.reports.model import Bar, Trait
from rightskit.reports.quality import quality

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rightskit.reports.caserow import CaseRow
    from rightskit.reports.quality import Audit

OTHERS = "others"


def languages(rows: Sequence[CaseRow], least: int) -> tuple[Bar, ...]:
    """The members by the language of their letters: a margin that shows whom the campaign reached.

    Languages of too few members stand together, with the next ones until there are enough; so all groups add up to the
    members, and each counts at least the threshold. None where that leaves one group alone.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        found[row.request.language].add(row.member)
    order = sorted(found, key=lambda language: (-len(found[language]), language))
    few: list[str] = []
    while order and (len(found[order[-1]]) < least or 0 < sum(len(found[name]) for name in few) < least):
        few.append(order.pop())
    groups = [*((name, len(found[name])) for name in order), (OTHERS, sum(len(found[name]) for name in few))]
    shown = [(name, count) for name, count in groups if count]
    people = members(rows)
    if sum(map(len, found.values())) > people:
        return ()  # letters in the language of the controller tell nothing of the member
    if len(shown) < 2 or any(count < least for _, count in shown):  # noqa: PLR2004 (a single group tells nothing)
        return ()
    return tuple(Bar((name,), count, count / people) for name, count in shown)


def traits(rows: Sequence[CaseRow], audit: Audit, least: int, language: str) -> tuple[Trait, ...]:
    """How good the answers were, and how often the machine was wrong; what is hidden is left out.

    Args:
        rows: requests as they may be counted.
        audit: of the machine's decisions.
        least: the threshold, in members.
        language: of the names and definitions.
    """
    made = []
    for one in quality(rows, audit, least):
        if one.value is None or one.n is None or one.n < least:
            continue
        told = entry(FIGURES, one.name)
        known = (one.value, one.low, one.high, at_least(one.n, least))
        made.append(Trait(one.name, told.title[language], told.definition[language], *known))
    return tuple(made)
