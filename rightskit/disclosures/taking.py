"""The rows that a recipe finds → observations: values of rows, counts, sums, and what a document answers."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from rightskit.disclosures.layout import NOT_APPLICABLE
from rightskit.disclosures.line_view import LineView
from rightskit.disclosures.model import Doubtful, Observation
from rightskit.disclosures.rows import DriftError, Row
from rightskit.disclosures.sums import SURE, Sums, Taken, proposed
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
_MANY = 3
# Of so many rows one may have a date in doubt; more are another layout.
_OF_ROWS = 10


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
            yield from _grouped(self.rule, self.rule.per, rows, partial(Sums, self.rule, where, sure), keys)
        else:
            yield from _each(self.rule, rows, Sums(self.rule, where, sure), keys)

    def _rows(self) -> Iterator[Row]:
        for place, view in self.views:
            for row in view.rows(self.layout, self.rule):
                yield Row(place + row.place, row.parts, row.sure, row.text, row.is_misread)

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
            said = ((NOT_APPLICABLE, variable.inapplicable), ("yes", variable.mentions))
            found = [
                (value, place + at)
                for value, asked in said
                for place, view in views
                if asked and (at := view.answers(asked))
            ]
            value, place = found[0] if found else ("no", "document")
            yield Taken(variable, value, place, 0, sure)


def _is_meant(rule: Rule, row: Row) -> bool:
    """Whether the recipe speaks of the row."""
    return all(_text(row.parts[source]) in texts for source, texts in rule.where.items())


def _text(raw: Any) -> str:
    return str(raw).strip()


def _differ(texts: Iterator[str]) -> bool:
    first = next(texts, None)
    return any(text != first for text in texts)


def _check(rule: Rule, number: int) -> None:
    if rule.once and number != 1:
        raise DriftError(f"what should stand there once stands there {number} times")
    if number < rule.least:
        raise DriftError(f"{number} rows where at least {rule.least} should stand")


def _each(rule: Rule, rows: Iterator[Row], sums: Sums, keys: Keys) -> Iterator[Taken]:
    """What rows come to together, then what each of them holds."""
    read: list[Taken] = []
    for number, row in enumerate(rows, 1):
        sums.add(row)
        read += _values(rule.variables, row, 0 if rule.once else number, sums.sure, keys)
        _refuse_many(len(read))
    _check(rule, sums.rows)
    yield from sums.taken(0)
    yield from read


def _grouped(rule: Rule, per: Variable, rows: Iterator[Row], empty: Callable[[], Sums], keys: Keys) -> Iterator[Taken]:
    """Sums for each value of one variable, in the order of the values; each group is a row.

    A row of which nobody can tell the group may belong to any: all of them are in doubt.
    """
    groups: defaultdict[str, Sums] = defaultdict(empty)
    lost: list[Row] = []  # the first of them
    seen = missed = 0
    for seen, row in enumerate(rows, 1):  # noqa: B007 (the number of them)
        try:
            key = _read(per, row, keys)
        except DoubtfulError:
            missed += 1
            lost = lost or [Row(row.place, {}, text=row.snippet(per.sources))]
        else:
            if key is not None:
                groups[str(key)].add(row)
        _refuse_many(len(groups))
    _check(rule, seen)
    if _OF_ROWS * missed > seen:
        raise DriftError(f"{missed} of {seen} values of {per.id} are in doubt")
    for number, (key, sums) in enumerate(sorted(groups.items()), 1):
        yield sums.come_to(per, key, number)
        sums.miss(lost)
        yield from sums.taken(number)


def _refuse_many(number: int) -> None:
    if number > LIMITS.observations:
        raise TooLargeError("observations", LIMITS.observations, "The document holds too many values")


def _values(variables: Sequence[Variable], row: Row, number: int, sure: float, keys: Keys) -> Iterator[Taken]:
    if row.is_misread:
        for variable in variables:
            yield Taken(variable, "", row.place, number, row.sure[""], UNSURE, row.snippet(()))
        return
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
        return proposed(doubt), doubt.why
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
