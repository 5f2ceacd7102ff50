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
    from rightskit.disclosures.recognition import Claim

# A letter can speak of a thing without saying it.
_MENTIONED = 0.7


@dataclass(frozen=True, slots=True)
class Taken:
    """One value.

    Attributes:
        row: number of the row inside the rule; 0: all rows together.
    """

    variable: Variable
    value: float | str
    place: str
    row: int
    confidence: float


def observations(disclosure: Disclosure, found: Claim, secret: bytes, before: int = 0) -> Iterator[Observation]:
    """All that the recipe takes; rows are numbered through the document, so that one number never means two rows.

    Args:
        disclosure: the document.
        found: the recipe, and the files that it reads.
        secret: keys what is hashed.
        before: the last number that another recipe gave to a row of the document.

    Raises:
        DriftError, UnreadableError: the document is laid out otherwise; what came before must be thrown away.
    """
    number = before
    for part in _parts(found):
        last = number
        for one in part.taken(secret):
            last = max(last, number + one.row)
            yield Observation(
                member=disclosure.member,
                controller=disclosure.controller,
                variable=one.variable.id,
                value=one.value,
                unit=one.variable.unit,
                provenance=one.variable.provenance,
                confidence=one.confidence,
                place=one.place,
                row=number + one.row if one.row else 0,
                recipe=found.recipe.name,
                disclosure=disclosure.id,
            )
        number = last


def _parts(found: Claim) -> Iterator[_Part]:
    for layout in found.recipe.layouts:
        views = tuple((file.place, view) for taken_by, file, view in found.files if taken_by is layout)
        yield from (_Part(layout, rule, views) for rule in layout.rules if views)


@dataclass(frozen=True, slots=True)
class _Part:
    """One rule on all files of one layout: an export in several parts is read as one."""

    layout: Layout
    rule: Rule
    views: tuple[tuple[str, View], ...]

    def taken(self, secret: bytes) -> Iterator[Taken]:
        sure = self.views[0][1].confidence
        if self.rule.mentions:
            yield from self._answers(min(_MENTIONED, sure))
            return
        found = [
            Row(place + row.place, row.parts, row.sure)
            for place, view in self.views
            for row in view.rows(self.layout, self.rule)
        ]
        if self.rule.alone and len({_text(row.parts[self.rule.alone]) for row in found}) > 1:
            return  # They are several people's, and none says which of them is the member.
        rows = _checked(self.rule, _meant(self.rule, found))
        where = (self.views[0][0] if len(self.views) == 1 else "") + "rows"
        if self.rule.per:
            yield from _grouped(self.rule, self.rule.per, _Rows(rows, where, 0, sure), secret)
            return
        yield from _summed(self.rule, _Rows(rows, where, 0, sure))
        for number, row in enumerate(rows, 1):
            for variable, read in _values(self.rule.variables, row, secret):
                confidence = row.confidence(variable.sources, sure)
                yield Taken(variable, read, row.place, 0 if self.rule.once else number, confidence)

    def _answers(self, sure: float) -> Iterator[Taken]:
        views = [(place, view) for place, view in self.views if isinstance(view, LineView)]
        for variable in self.rule.mentions:
            places = [place + at for place, view in views if (at := view.answers(variable.mentions))]
            yield Taken(variable, "yes" if places else "no", places[0] if places else "document", 0, sure)


@dataclass(frozen=True, slots=True)
class _Rows:
    """Rows that are counted and summed.

    Attributes:
        place: of what they come to.
        number: of the row that they become; 0: of none.
        sure: how sure each of them is, where it does not say itself.
    """

    rows: Sequence[Row]
    place: str
    number: int
    sure: float

    def come_to(self, variable: Variable, value: float | str) -> Taken:
        """What they yield: as sure as the worst of them."""
        each = (row.confidence(variable.sources, self.sure) for row in self.rows if row.sure)
        return Taken(variable, value, self.place, self.number, min(each, default=self.sure))


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


def _summed(rule: Rule, found: _Rows) -> Iterator[Taken]:
    if rule.count:
        yield found.come_to(rule.count, float(len(found.rows)))
    for variable in rule.totals:
        value = total(variable, [row.parts for row in found.rows])
        if value is not None:
            yield found.come_to(variable, value)


def _grouped(rule: Rule, per: Variable, found: _Rows, secret: bytes) -> Iterator[Taken]:
    """Sums for each value of one variable, in the order of the values; each group is a row."""
    groups: dict[str, list[Row]] = {}
    for row in found.rows:
        for _, key in _values((per,), row, secret):
            groups.setdefault(str(key), []).append(row)
    for number, (key, members) in enumerate(sorted(groups.items()), 1):
        group = _Rows(members, found.place, number, found.sure)
        yield group.come_to(per, key)
        yield from _summed(rule, group)


def _values(variables: Sequence[Variable], row: Row, secret: bytes) -> Iterator[tuple[Variable, float | str]]:
    for variable in variables:
        try:
            read = taken(variable, row.parts, secret)
        except UnreadableError as error:
            raise UnreadableError(f"{row.place}: {error}") from None
        if read is not None:
            yield variable, read
