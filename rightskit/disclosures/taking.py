"""The rows that a recipe finds → observations: values of rows, counts, sums, and what a document answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rightskit.disclosures.line_view import LineView
from rightskit.disclosures.model import Observation
from rightskit.disclosures.rows import DriftError, Row
from rightskit.disclosures.values import UnreadableError, taken, total

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rightskit.disclosures.layout import Layout, Rule, Variable
    from rightskit.disclosures.model import Disclosure
    from rightskit.disclosures.reading import View
    from rightskit.disclosures.recognition import Claim, SourceFile

# A letter can speak of a thing without saying it.
_MENTIONED = 0.7

Taken = tuple["Variable", float | str, str, int]
"""A variable, its value, where it stood, and the number of its row inside the rule (0: all rows together)."""


def observations(disclosure: Disclosure, found: Claim, secret: bytes) -> Iterator[Observation]:
    """All that the recipe takes; rows are numbered through the document, so that one number never means two rows.

    Raises:
        DriftError, UnreadableError: the document is laid out otherwise; what came before must be thrown away.
    """
    number = 0
    for part in _parts(found):
        last = number
        for variable, read, place, row in part.taken(secret):
            last = max(last, number + row)
            confidence = _MENTIONED if variable.mentions else part.view.confidence
            yield Observation(
                member=disclosure.member,
                controller=disclosure.controller,
                variable=variable.id,
                value=read,
                unit=variable.unit,
                provenance=variable.provenance,
                confidence=confidence,
                place=part.file.place + place,
                row=number + row if row else 0,
                recipe=found.recipe.name,
                disclosure=disclosure.id,
            )
        number = last


def _parts(found: Claim) -> Iterator[_Part]:
    for layout, file, view in found.files:
        for rule in layout.rules:
            yield _Part(layout, rule, file, view)


@dataclass(frozen=True, slots=True)
class _Part:
    """One rule on one file."""

    layout: Layout
    rule: Rule
    file: SourceFile
    view: View

    def taken(self, secret: bytes) -> Iterator[Taken]:
        if self.rule.mentions and isinstance(self.view, LineView):
            yield from _answers(self.rule, self.view)
            return
        found = self.view.rows(self.layout, self.rule)
        if self.rule.alone and len({_text(row.parts[self.rule.alone]) for row in found}) > 1:
            return  # They are several people's, and none says which of them is the member.
        rows = _checked(self.rule, _meant(self.rule, found))
        if self.rule.per:
            yield from _grouped(self.rule, self.rule.per, rows)
            return
        yield from _summed(self.rule, rows, 0)
        for number, row in enumerate(rows, 1):
            for variable, read in _values(self.rule.variables, row, secret):
                yield variable, read, row.place, 0 if self.rule.once else number


def _meant(rule: Rule, rows: Sequence[Row]) -> Sequence[Row]:
    """The rows that the recipe speaks of."""
    return [row for row in rows if all(_text(row.parts[source]) in texts for source, texts in rule.where.items())]


def _text(raw: Any) -> str:
    return str(raw).strip()


def _checked(rule: Rule, rows: Sequence[Row]) -> Sequence[Row]:
    if rule.once and len(rows) != 1:
        raise DriftError(f"what should stand there once stands there {len(rows)} times")
    if len(rows) < rule.least:
        raise DriftError(f"{len(rows)} rows where at least {rule.least} should stand")
    return rows


def _summed(rule: Rule, rows: Sequence[Row], number: int) -> Iterator[Taken]:
    if rule.count:
        yield rule.count, float(len(rows)), "rows", number
    for variable in rule.totals:
        found = total(variable, [row.parts for row in rows])
        if found is not None:
            yield variable, found, "rows", number


def _grouped(rule: Rule, per: Variable, rows: Sequence[Row]) -> Iterator[Taken]:
    """Sums for each value of a date or choice, in the order of the values; each group is a row."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        for _, key in _values((per,), row, b""):
            groups.setdefault(str(key), []).append(row)
    for number, (key, members) in enumerate(sorted(groups.items()), 1):
        yield per, key, "rows", number
        yield from _summed(rule, members, number)


def _values(variables: Sequence[Variable], row: Row, secret: bytes) -> Iterator[tuple[Variable, float | str]]:
    for variable in variables:
        try:
            read = taken(variable, row.parts, secret)
        except UnreadableError as error:
            raise UnreadableError(f"{row.place}: {error}") from None
        if read is not None:
            yield variable, read


def _answers(rule: Rule, view: LineView) -> Iterator[Taken]:
    for variable in rule.mentions:
        place = view.answers(variable.mentions)
        yield variable, "yes" if place else "no", place or "document", 0
