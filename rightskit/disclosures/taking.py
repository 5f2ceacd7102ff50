"""The rows that a recipe finds → observations: values of rows, counts, sums, and what a document answers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rightskit.disclosures.line_view import LineView
from rightskit.disclosures.model import Doubtful, Observation
from rightskit.disclosures.rows import DriftError, Row
from rightskit.disclosures.values import (
    DECIMAL,
    UNSURE,
    DoubtfulError,
    UnreadableError,
    has_two_readings,
    taken,
    total,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rightskit.disclosures.layout import Layout, Rule, Variable
    from rightskit.disclosures.model import Disclosure
    from rightskit.disclosures.reading import View
    from rightskit.disclosures.recognition import Claim

# A letter can speak of a thing without saying it.
_MENTIONED = 0.7
SURE = 0.85
"""What Tesseract is less sure of is wrong too often: on clean scans nearly all words are above it."""
_MANY = 3


@dataclass(frozen=True, slots=True)
class Taken:
    """One value.

    Attributes:
        value: an empty text where it is in doubt and nothing can be proposed.
        row: number of the row inside the rule; 0: all rows together.
        why: it is in doubt; empty where it is not.
        snippet: what stands there, where it is in doubt.
    """

    variable: Variable
    value: float | str
    place: str
    row: int
    confidence: float
    why: str = ""
    snippet: str = ""

    @property
    def is_strange(self) -> bool:
        """Whether it is not as the recipe says, and not merely hard to read."""
        return bool(self.why) and (self.why != UNSURE or self.value == "")


def observations(
    disclosure: Disclosure, found: Claim, secret: bytes, before: int = 0
) -> Iterator[Observation | Doubtful]:
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
    seen: Counter[str] = Counter()
    strange: Counter[str] = Counter()
    for part in _parts(found):
        last = number
        for one in part.taken(secret):
            last = max(last, number + one.row)
            seen[one.variable.id] += 1
            strange[one.variable.id] += one.is_strange
            read = Observation(
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
            yield Doubtful(read, one.why, one.snippet) if one.why else read
        number = last
    for name, count in strange.items():
        if count >= _MANY and 2 * count > seen[name]:
            raise DriftError(f"most values of {name} are not as the recipe says")


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
            Row(place + row.place, row.parts, row.sure, row.text)
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
            yield from _values(self.rule.variables, row, 0 if self.rule.once else number, sure, secret)

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

    def come_to(self, variable: Variable, value: float | str, doubt: DoubtfulError | None = None) -> Taken:
        """What they yield: as sure as the worst of them."""
        each = [(row.confidence(variable.sources, self.sure), row) for row in self.rows if row.sure]
        sure, worst = min(each, key=lambda one: one[0], default=(self.sure, None))
        why = doubt.why if doubt else UNSURE if worst and sure < SURE else ""
        if not why:
            return Taken(variable, value, self.place, self.number, sure)
        shown = worst if not doubt else next((row for row in self.rows if _is_doubtful(variable, row)), None)
        snippet = f"{shown.place}: {shown.snippet(variable.sources)}" if shown else f"{len(self.rows)} rows together"
        return Taken(variable, value, self.place, self.number, sure, why, snippet)


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
        try:
            value = total(variable, [row.parts for row in found.rows])
        except DoubtfulError as doubt:
            yield found.come_to(variable, _proposed(doubt), doubt)
        else:
            if value is not None:
                yield found.come_to(variable, value)


def _is_doubtful(variable: Variable, row: Row) -> bool:
    try:
        total(variable, [row.parts])
    except DoubtfulError:
        return True
    return False


def _proposed(doubt: DoubtfulError) -> float | str:
    return "" if doubt.proposed is None else doubt.proposed


def _grouped(rule: Rule, per: Variable, found: _Rows, secret: bytes) -> Iterator[Taken]:
    """Sums for each value of one variable, in the order of the values; each group is a row."""
    groups: dict[str, list[Row]] = {}
    for row in found.rows:
        key = _read(per, row, secret)
        if key is not None:
            groups.setdefault(str(key), []).append(row)
    for number, (key, members) in enumerate(sorted(groups.items()), 1):
        group = _Rows(members, found.place, number, found.sure)
        yield group.come_to(per, key)
        yield from _summed(rule, group)


def _values(variables: Sequence[Variable], row: Row, number: int, sure: float, secret: bytes) -> Iterator[Taken]:
    for variable in variables:
        confidence = row.confidence(variable.sources, sure)
        value, why = _judged(variable, row, confidence, secret)
        if value is not None:
            snippet = row.snippet(variable.sources) if why else ""
            yield Taken(variable, value, row.place, number, confidence, why, snippet)


def _judged(variable: Variable, row: Row, confidence: float, secret: bytes) -> tuple[float | str | None, str]:
    """A value, and why it is in doubt. What was read from a picture may have been misread."""
    try:
        value = _read(variable, row, secret)
    except DoubtfulError as doubt:
        return _proposed(doubt), doubt.why
    except UnreadableError:
        if row.sure:
            return "", UNSURE
        raise
    if row.sure and value is not None:
        if confidence < SURE:
            return value, UNSURE
        if any(has_two_readings(variable, row.parts.get(source)) for source in variable.sources):
            return value, DECIMAL
    return value, ""


def _read(variable: Variable, row: Row, secret: bytes) -> float | str | None:
    try:
        return taken(variable, row.parts, secret)
    except DoubtfulError:
        raise
    except UnreadableError as error:
        raise UnreadableError(f"{row.place}: {error}") from None
