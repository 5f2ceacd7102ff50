"""The rows that a recipe finds → observations: values of rows, counts, sums, and what a document answers."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from rightskit.disclosures.line_view import LineView
from rightskit.disclosures.model import Doubtful, Observation
from rightskit.disclosures.rows import DriftError, Row
from rightskit.disclosures.totals import Total
from rightskit.disclosures.values import (
    DECIMAL,
    UNSURE,
    DoubtfulError,
    UnreadableError,
    has_two_readings,
    taken,
)
from rightskit.files.limits import LIMITS
from rightskit.files.problems import TooLargeError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rightskit.disclosures.keys import Keys
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


def observations(disclosure: Disclosure, found: Claim, keys: Keys, before: int = 0) -> Iterator[Observation | Doubtful]:
    """All that the recipe takes; rows are numbered through the document, so that one number never means two rows.

    Args:
        disclosure: the document.
        found: the recipe, and the files that it reads.
        keys: of what is hashed.
        before: the last number that another recipe gave to a row of the document.

    Raises:
        DriftError, UnreadableError: the document is laid out otherwise; what came before must be thrown away.
        FileProblemError: a file that is read in a stream is damaged, or more is in it than is taken; likewise.
    """
    number = before
    seen: Counter[str] = Counter()
    strange: Counter[str] = Counter()
    for part in _parts(found):
        last = number
        for one in part.taken(keys):
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

    def taken(self, keys: Keys) -> Iterator[Taken]:
        sure = self.views[0][1].confidence
        if self.rule.mentions:
            yield from self._answers(min(_MENTIONED, sure))
            return
        if misread := list(self._misread()):
            yield from misread
            return
        if self.rule.alone and _differ(_text(row.parts[self.rule.alone]) for row in self._rows()):
            return  # They are several people's, and none says which of them is the member.
        where = (self.views[0][0] if len(self.views) == 1 else "") + "rows"
        rows = (row for row in self._rows() if _is_meant(self.rule, row))
        if self.rule.per:
            yield from _grouped(self.rule, self.rule.per, rows, partial(_Sums, self.rule, where, sure), keys)
        else:
            yield from _each(self.rule, rows, _Sums(self.rule, where, sure), keys)

    def _rows(self) -> Iterator[Row]:
        for place, view in self.views:
            for row in view.rows(self.layout, self.rule):
                yield Row(place + row.place, row.parts, row.sure, row.text)

    def _misread(self) -> Iterator[Taken]:
        """What should stand there once, where only a line of a scan comes near to it: a person says what it holds."""
        pattern = self.rule.line
        if not self.rule.once or pattern is None or any(True for _ in self._rows()):
            return
        for place, view in self.views:
            line = view.nearly(pattern) if isinstance(view, LineView) else None
            if line:
                sure = line.confidence(0, len(line.text))
                for variable in self.rule.variables:
                    yield Taken(variable, "", place + line.place, 0, sure, UNSURE, line.text)
                return

    def _answers(self, sure: float) -> Iterator[Taken]:
        views = [(place, view) for place, view in self.views if isinstance(view, LineView)]
        for variable in self.rule.mentions:
            places = [place + at for place, view in views if (at := view.answers(variable.mentions))]
            yield Taken(variable, "yes" if places else "no", places[0] if places else "document", 0, sure)


def _is_meant(rule: Rule, row: Row) -> bool:
    """Whether the recipe speaks of the row."""
    return all(_text(row.parts[source]) in texts for source, texts in rule.where.items())


def _text(raw: Any) -> str:
    return str(raw).strip()


def _differ(texts: Iterator[str]) -> bool:
    first = next(texts, None)
    return any(text != first for text in texts)


class _Sums:
    """What rows come to together.

    Attributes:
        rows: how many.
        sure: how sure each of them is, where it does not say itself.
    """

    def __init__(self, rule: Rule, place: str, sure: float) -> None:
        self.rows = 0
        self.sure = sure
        self._place = place
        self._unsure: list[Row] = []  # those of a scan, each as sure as its words
        self._doubtful: dict[str, Row] = {}
        self._count = rule.count
        self._totals = [(variable, Total(variable)) for variable in rule.totals]

    def add(self, row: Row) -> None:
        self.rows += 1
        if row.sure:
            self._unsure.append(row)
        for variable, total in self._totals:
            if total.add(row.parts):
                self._doubtful.setdefault(variable.id, row)

    def come_to(self, variable: Variable, value: float | str, number: int, doubt: DoubtfulError | None = None) -> Taken:
        """What they yield: as sure as the worst of them."""
        each = [(row.confidence(variable.sources, self.sure), row) for row in self._unsure]
        sure, worst = min(each, key=lambda one: one[0], default=(self.sure, None))
        why = doubt.why if doubt else UNSURE if worst and sure < SURE else ""
        if not why:
            return Taken(variable, value, self._place, number, sure)
        shown = self._doubtful.get(variable.id) if doubt else worst
        snippet = f"{shown.place}: {shown.snippet(variable.sources)}" if shown else f"{self.rows} rows together"
        return Taken(variable, value, self._place, number, sure, why, snippet)

    def taken(self, number: int) -> Iterator[Taken]:
        """Their count and their totals, as the row of that number; 0: as none."""
        if self._count:
            yield self.come_to(self._count, float(self.rows), number)
        for variable, total in self._totals:
            try:
                value = total.value
            except DoubtfulError as doubt:
                yield self.come_to(variable, _proposed(doubt), number, doubt)
            else:
                if value is not None:
                    yield self.come_to(variable, value, number)


def _proposed(doubt: DoubtfulError) -> float | str:
    return "" if doubt.proposed is None else doubt.proposed


def _check(rule: Rule, number: int) -> None:
    if rule.once and number != 1:
        raise DriftError(f"what should stand there once stands there {number} times")
    if number < rule.least:
        raise DriftError(f"{number} rows where at least {rule.least} should stand")


def _each(rule: Rule, rows: Iterator[Row], sums: _Sums, keys: Keys) -> Iterator[Taken]:
    """What rows come to together, then what each of them holds."""
    read: list[Taken] = []
    for number, row in enumerate(rows, 1):
        sums.add(row)
        read += _values(rule.variables, row, 0 if rule.once else number, sums.sure, keys)
        _refuse_many(len(read))
    _check(rule, sums.rows)
    yield from sums.taken(0)
    yield from read


def _grouped(rule: Rule, per: Variable, rows: Iterator[Row], empty: Callable[[], _Sums], keys: Keys) -> Iterator[Taken]:
    """Sums for each value of one variable, in the order of the values; each group is a row."""
    groups: defaultdict[str, _Sums] = defaultdict(empty)
    seen = 0
    for seen, row in enumerate(rows, 1):  # noqa: B007 (the number of them)
        key = _read(per, row, keys)
        if key is not None:
            groups[str(key)].add(row)
        _refuse_many(len(groups))
    _check(rule, seen)
    for number, (key, sums) in enumerate(sorted(groups.items()), 1):
        yield sums.come_to(per, key, number)
        yield from sums.taken(number)


def _refuse_many(number: int) -> None:
    if number > LIMITS.observations:
        raise TooLargeError("observations", LIMITS.observations, "The document holds too many values")


def _values(variables: Sequence[Variable], row: Row, number: int, sure: float, keys: Keys) -> Iterator[Taken]:
    for variable in variables:
        confidence = row.confidence(variable.sources, sure)
        value, why = _judged(variable, row, confidence, keys)
        if value is not None:
            snippet = row.snippet(variable.sources) if why else ""
            yield Taken(variable, value, row.place, number, confidence, why, snippet)


def _judged(variable: Variable, row: Row, confidence: float, keys: Keys) -> tuple[float | str | None, str]:
    """A value, and why it is in doubt. What was read from a picture may have been misread."""
    try:
        value = _read(variable, row, keys)
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


def _read(variable: Variable, row: Row, keys: Keys) -> float | str | None:
    try:
        return taken(variable, row.parts, keys)
    except DoubtfulError:
        raise
    except UnreadableError as error:
        raise UnreadableError(f"{row.place}: {error}") from None
