"""A row for each request, of which none can be told from its like.

The rows are divided from coarse to fine: by controller, outcome, right, quarter, and so on. A group is divided by a
column only into parts of which each counts the threshold of distinct members; values that too few have stand together
as :data:`TAKEN`, with the next smallest value where they are too few even so. So the rows that are equal in every
column belong to at least k members (Samarati and Sweeney, k-anonymity, 1998), and so does whatever is counted in the
file, and each difference between two such counts: they all are sums of whole groups.

Whoever has a report of the same day has sums as well. So the outermost groups are the cells of its table of
controllers: those that it hides in a line stand together, and are divided by nothing that tells of outcomes. And of
each value the requests that do not show it are none, or count the threshold, since the report may tell how many have
it in all.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.errors import RefusedError
from rightskit.reports.attributes import attributes
from rightskit.reports.figures import is_answered, is_out, members
from rightskit.reports.rowcontrol import Beside
from rightskit.reports.rowlines import ANSWERED, Class, Lines, lines_of
from rightskit.reports.survival import spells

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from rightskit.reports.caserow import CaseRow

TAKEN = "*"
"""Stands where a value was taken from a row, because too few others had the same."""
_OF_KIND = ("answer", "ended", "machine_readable", "form", "items", "readable", "pooled")
"""Columns that tell what kind of answer it was: where the report hides that, they would fill its hidden cells."""
_OF_ANSWER = (*_OF_KIND, "time", "days_final", "days_first", "first", "answer_checked", "received", "acknowledged")
"""Columns that tell whether there was an answer."""
_OF_IDENTITY = ("identity", "identity_proof", "identity_judged")


@dataclass(frozen=True, slots=True)
class Microdata:
    """Rows that may be published.

    Attributes:
        columns: their names; the first is the row's id.
        rows: in the order of the ids, which is none.
        references: of each row the request; they are never published.
        k: the fewest members behind rows that are equal in every other column.
        classes: how many different rows there are.
        taken: column → from how many rows its value was taken.
        left_out: requests that are out and stand in no row; None where they are too few to be counted.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    references: tuple[str, ...]
    k: int
    classes: int
    taken: Mapping[str, int]
    left_out: int | None


def microdata(rows: Sequence[CaseRow], *, today: dt.date, threshold: int, name: Callable[[str], str]) -> Microdata:
    """Make the rows of the requests that went out and did not come back.

    Args:
        rows: all requests of the campaign.
        today: the cut-off.
        threshold: the least number of members behind equal rows.
        name: reference → the id of its row.

    Raises:
        RefusedError: too few members take part, or no group of controllers has enough of them.
    """
    out = list(filter(is_out, rows))
    table = _table(out, today)
    lines = lines_of(rows, out, threshold, today)
    if not lines.classes:
        raise RefusedError(_too_few(out, threshold), "Wait for more; the threshold stands in campaign.yaml.")
    found = _Refinement(out, threshold, lines)
    for attribute, values in table.items():
        found.refine(attribute, values)
        if attribute == "right":
            found.know_rights()
    return found.result(name)


def _too_few(out: Sequence[CaseRow], threshold: int) -> str:
    """Why not even all controllers together make a line (:func:`rightskit.reports.controllers.entries`)."""
    people, answered = members(out), members(filter(is_answered, out))
    if not people:
        return "No request went out yet."
    if people < threshold:
        whose = "1 member" if people == 1 else f"{people} members"
        return f"The requests that went out are those of {whose}; {threshold} must have the same row."
    few = f"{answered} have an answer" if 0 < answered < threshold else f"fewer than {threshold} still wait for one"
    return (
        f"The requests that went out are those of {people} members, of whom {few}: "
        f"among fewer than {2 * threshold} members so few would be told apart."
    )


def _table(out: Sequence[CaseRow], today: dt.date) -> dict[str, list[str]]:
    """Column → the value of each row, from the coarsest column to the finest."""
    watched = {final: spells(out, today, final=final) for final in (False, True)}
    found: dict[str, list[str]] = defaultdict(list)
    for row, first, last in zip(out, watched[False], watched[True], strict=True):
        for attribute, value in attributes(row, first, last).items():
            found[attribute].append(value)
    return found


class _Refinement:
    """Groups of equal rows, divided by one column after the other."""

    def __init__(self, rows: Sequence[CaseRow], threshold: int, lines: Lines) -> None:
        """The outermost groups: the lines of the table, and its cells where it shows them."""
        self._rows = rows
        self._threshold = threshold
        self._lines = lines
        self._classes: list[tuple[int, Class]] = list(enumerate(lines.classes))  # with the line of each
        self._shown = {"controller": self._filled(zip(lines.classes, lines.names, strict=True))}
        self._told = Beside([row.member for row in rows], threshold)
        self.refine("outcome", lines.outcomes)
        # What the table hides stands together without a name, as what was taken does.
        self._shown["outcome"] = [value or TAKEN for value in self._shown["outcome"]]
        self._told = lines.told

    def refine(self, attribute: str, values: Sequence[str]) -> None:
        """Divide every class by a column, unless that would leave few of any value."""
        parts = [
            {TAKEN: part} if self._is_barred(attribute, line, part) else self._split(part, values)
            for line, part in self._classes
        ]
        while (small := self._remainder(parts, values)) is not None:
            parts[small] = {TAKEN: self._classes[small][1]}
        for number in self._beside(parts):
            parts[number] = {TAKEN: self._classes[number][1]}
        pairs = [(value, part) for split in parts for value, part in split.items()]
        self._shown[attribute] = self._filled((part, value) for value, part in pairs)
        self._classes = [
            (line, part) for (line, _), split in zip(self._classes, parts, strict=True) for part in split.values()
        ]

    def know_rights(self) -> None:
        """Remember what went out for each right of a controller, where the funnels tell it and not all rows do."""
        for line, part in enumerate(self._lines.classes):
            rights: dict[str, Class] = defaultdict(list)
            for place in part:
                rights[self._rows[place].request.right].append(place)
            for some in rights.values():
                if not self._is_small([place for place in some if self._shown["right"][place] == TAKEN]):
                    self._told.add(some, line)

    def _is_barred(self, attribute: str, line: int, part: Class) -> bool:
        """Whether the column would tell something of cells that the report hides."""
        if attribute in _OF_IDENTITY:
            return line in self._lines.identity
        outcome = self._shown["outcome"][part[0]] if "outcome" in self._shown else ""
        if outcome == ANSWERED and line in self._lines.kinds:
            return attribute in _OF_KIND
        return outcome == TAKEN and attribute in _OF_ANSWER

    def _split(self, part: Class, values: Sequence[str]) -> dict[str, Class]:
        """Value → places, each of enough members; what too few have stands together."""
        groups: dict[str, Class] = defaultdict(list)
        for place in part:
            groups[values[place]].append(place)
        order = sorted(groups, key=lambda value: (self._members(groups[value]), value))
        taken: Class = []
        while order and (self._is_small(groups[order[0]]) or (taken and self._is_small(taken))):
            taken += groups[order.pop(0)]
        shown = {value: groups[value] for value in order}
        return shown | {TAKEN: taken} if taken else shown

    def _remainder(self, parts: Sequence[Mapping[str, Class]], values: Sequence[str]) -> int | None:
        """The smallest class that shows a value of which few requests do not show it; None where there is none."""
        rest: dict[str, set[str]] = defaultdict(set)
        for split in parts:
            for place in split.get(TAKEN, ()):
                rest[values[place]].add(self._rows[place].member)
        few = {value for value, people in rest.items() if len(people) < self._threshold}
        sizes = [
            (len(part), number) for number, split in enumerate(parts) for value, part in split.items() if value in few
        ]
        return min(sizes)[1] if sizes else None

    def _beside(self, parts: Sequence[Mapping[str, Class]]) -> set[int]:
        """The classes that would tell too much beside the report's counts."""
        classes = self._numbered(part for _, part in self._classes)
        return self._told.too_much(classes, self._numbered(part for split in parts for part in split.values()))

    def _numbered(self, classes: Iterable[Class]) -> list[int]:
        """The number of each row's class; -1 for what stands in no row."""
        found = [-1] * len(self._rows)
        for number, part in enumerate(classes):
            for place in part:
                found[place] = number
        return found

    def result(self, name: Callable[[str], str]) -> Microdata:
        """The rows, and what they keep."""
        columns = tuple(self._shown)
        names = {name(self._rows[place].reference): place for _, part in self._classes for place in part}
        there = [names[key] for key in sorted(names)]
        equal: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for place in there:
            equal[tuple(self._shown[column][place] for column in columns)].add(self._rows[place].member)
        gone = [row for row, shown in zip(self._rows, self._shown["controller"], strict=True) if not shown]
        return Microdata(
            columns=("row", *columns),
            rows=tuple((key, *(self._shown[column][names[key]] for column in columns)) for key in sorted(names)),
            references=tuple(self._rows[place].reference for place in there),
            k=min(map(len, equal.values())),
            classes=len(equal),
            taken=Counter({column: sum(self._shown[column][place] == TAKEN for place in there) for column in columns}),
            left_out=None if 0 < members(gone) < self._threshold else len(gone),
        )

    def _filled(self, parts: Iterable[tuple[Class, str]]) -> list[str]:
        shown = [""] * len(self._rows)
        for part, value in parts:
            for place in part:
                shown[place] = value
        return shown

    def _members(self, part: Class) -> int:
        return len({self._rows[place].member for place in part})

    def _is_small(self, part: Class) -> bool:
        return self._members(part) < self._threshold
