"""The report's figures as tables: named columns of one type each, for programs."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.reports.arms import CHANCE, gaps
from rightskit.reports.figures import is_answered, is_out
from rightskit.reports.funnels import STEPS, funnels
from rightskit.reports.intervals import difference
from rightskit.reports.margins import every
from rightskit.reports.microdata import TAKEN
from rightskit.reports.quality import quality

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from rightskit.campaign.population import Population
    from rightskit.disclosures.tabulation import PoolTable
    from rightskit.reports.arms import Arm, Comparison, Gap
    from rightskit.reports.caserow import CaseRow
    from rightskit.reports.microdata import Microdata
    from rightskit.reports.model import Bar, ControllerLine, Figures
    from rightskit.reports.quality import Audit
    from rightskit.reports.recruitment import Recruitment

Cell = str | int | float | None
"""None is hidden, or not there."""
_SHARES = {"share": "number", "low": "number", "high": "number"}


@dataclass(frozen=True, slots=True)
class DataTable:
    """One table.

    Attributes:
        name: of its file, without the ending.
        columns: name → ``string``, ``integer``, ``number`` or ``date``.
    """

    name: str
    title: str
    columns: dict[str, str]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Basis:
    """What tables are made from.

    Attributes:
        figures: of the report of the same day, with what may not be shown hidden.
        rows: one per planned request, as they may be counted.
        data: the rows that are published.
        today: the cut-off.
        threshold: in members.
        trial: arms that may be compared.
    """

    figures: Figures
    rows: Sequence[CaseRow]
    data: Microdata
    audit: Audit
    today: dt.date
    threshold: int
    trial: Sequence[Comparison] = ()


def tables(basis: Basis, members: Recruitment, asked: Sequence[PoolTable]) -> list[DataTable]:
    """All tables.

    Args:
        basis: what those of requests are made from.
        members: figures of the members.
        asked: the pool's tables of the campaign's questions, as they may be shown.
    """
    found, parts = basis.figures, basis.figures.breakdown
    bars = {"requests": "integer", "share": "number"}
    return [
        DataTable("funnel", "How far the requests came", {"step": "string", **bars}, _bars(found.funnel)),
        DataTable("outcomes", "What came of the requests", {"outcome": "string", **bars}, _bars(found.outcomes)),
        DataTable("facts", "What happened along the way", {"fact": "string", **bars}, _bars(found.facts)),
        DataTable("forms", "The forms in which data came", {"form": "string", **bars}, _bars(parts.forms)),
        DataTable("decisions", "What became of complaints", {"decision": "string", **bars}, _bars(parts.decisions)),
        DataTable("measures", "What authorities did", {"measure": "string", **bars}, _bars(parts.measures)),
        _members(members),
        _ages(members),
        _population(members),
        _answers(members.populations, asked, basis.today),
        _numbers(asked, basis.today),
        _controllers(basis),
        _lines(basis),
        _times(basis),
        _waiting(basis),
        _incidence(basis),
        _quality(basis),
        _counts(basis.data),
        *_trial(basis.trial),
    ]


def _members(members: Recruitment) -> DataTable:
    columns = {"fact": "string", "members": "integer", "share": "number"}
    return DataTable("members", "How the members came, and how many left", columns, _bars(members.bars))


def _ages(members: Recruitment) -> DataTable:
    columns = {"ages": "string", "joined": "integer", "joined_share": "number"}
    columns |= {"complete": "integer", "complete_share": "number"}
    columns |= {"delivered": "integer", "delivered_share": "number", "population_share": "number"}
    columns |= dict.fromkeys(("joined_difference", "complete_difference", "delivered_difference"), "number")
    rows = tuple(
        (
            "+".join(one.ages),
            *(one.joined, _four(one.joined_share), one.complete, _four(one.complete_share)),
            *(one.delivered, _four(one.delivered_share), _four(one.population)),
            *map(_four, (one.joined_difference, one.complete_difference, one.delivered_difference)),
        )
        for one in members.ages
    )
    return DataTable("ages", "Who joined, takes part and received data, by age on the day of joining", columns, rows)


def _population(members: Recruitment) -> DataTable:
    columns = {"of": "string", "value": "string", "share": "number"}
    columns |= {"who": "string", "year": "integer", "source": "string"}
    rows = tuple(
        (one.of, value, _four(share), one.who, one.year, one.source)
        for one in members.populations
        for value, share in one.shares.items()
    )
    return DataTable("population", "The people of whom the campaign speaks; the members are no sample", columns, rows)


def _answers(populations: Sequence[Population], asked: Sequence[PoolTable], today: dt.date) -> DataTable:
    """A line for each answer to each question; of a number for each band."""
    columns = {"question": "string", "title": "string", "answer": "string", "members": "integer", "share": "number"}
    columns |= {"population_share": "number", "difference": "number", "replied": "integer", "as_of": "date"}
    rows = tuple(
        (
            *(one.question, one.title, line.answer, line.members),
            *map(_four, (line.share, line.population, line.difference)),
            *(one.members, (one.day or today).isoformat()),
        )
        for one in every(populations, asked)
        for line in one.lines
    )
    return DataTable("answers", "What members answered to the campaign's questions", columns, rows)


def _numbers(asked: Sequence[PoolTable], today: dt.date) -> DataTable:
    """A line for each question about a number."""
    columns = {"question": "string", "title": "string", "unit": "string", "members": "integer"}
    columns |= dict.fromkeys(("mean", "lower_quartile", "median", "upper_quartile"), "number") | {"as_of": "date"}
    rows = tuple(
        (one.variable, one.title, one.unit, *row[1:], one.day or today.isoformat())
        for one in asked
        if one.kind == "summary"
        for row in one.rows
    )
    return DataTable("answer_figures", "The numbers that members answered, in the mean and by quarters", columns, rows)


def _bars(bars: Sequence[Bar]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(("+".join(bar.keys).replace(" ", "-"), bar.count, _four(bar.share)) for bar in bars)


def _four(share: float | None) -> float | None:
    return None if share is None else round(share, 4)


def _controllers(basis: Basis) -> DataTable:
    columns = {"controller": "string", "controllers": "integer", "requests": "integer", "answered": "integer"}
    columns |= _SHARES | {"at_least": "number", "at_most": "number", "on_time": "number"}
    columns |= {"median_days": "integer", "median_low": "integer", "median_high": "integer"}
    columns |= {"identity": "integer", "data": "integer", "refused": "integer"}
    columns |= {"difference": "number", "difference_low": "number", "difference_high": "number"}
    out = list(filter(is_out, basis.rows))
    rows = tuple((*_line(line), *_difference(line, out)) for line in basis.figures.controllers)
    return DataTable("controllers", "How each controller answered", columns, rows)


def _line(line: ControllerLine) -> tuple[Cell, ...]:
    share, median = line.answered, line.median
    return (
        line.name or "others",
        line.controllers,
        line.requests,
        share.count if share else None,
        *(_four(value) for value in ((share.share, share.low, share.high) if share else (None,) * 3)),
        *(_four(value) for value in line.limits or (None, None)),
        _four(line.on_time),
        *((median.days, median.low, median.high) if median else (None,) * 3),
        line.identity,
        line.data,
        line.refused,
    )


def _difference(line: ControllerLine, out: Sequence[CaseRow]) -> tuple[Cell, ...]:
    """How much more of its requests one controller answered than all others together, where both shares are known."""
    own = [row for row in out if row.request.controller == line.name]
    rest = [row for row in out if row.request.controller != line.name]
    found = difference(own, rest, is_answered) if line.name and line.answered else None
    return tuple(round(value, 2) for value in (found.share, found.low, found.high)) if found else (None,) * 3


def _lines(basis: Basis) -> DataTable:
    columns = {"controller": "string", "right": "string"} | dict.fromkeys(STEPS, "integer")
    rows = tuple(
        (line.controller, line.right, *line.counts) for line in funnels(basis.rows, basis.data, basis.threshold).lines
    )
    return DataTable("funnels", "How far the requests to each controller came, for each right", columns, rows)


def _times(basis: Basis) -> DataTable:
    columns = {"answer": "string", "day": "integer", **_SHARES, "share_from_intervals": "number"}
    rows: list[tuple[Cell, ...]] = []
    for curve in basis.figures.curves:
        for point, share in zip(curve.points, curve.between or (None,) * len(curve.points), strict=True):
            rows.append((curve.key, point.day, point.share, point.low, point.high, share))
    return DataTable("times", "Share of requests answered by a day after sending", columns, tuple(rows))


def _waiting(basis: Basis) -> DataTable:
    rows = tuple((one.day, one.requests) for one in basis.figures.at_risk)
    return DataTable("at_risk", "Requests still waiting on a day", {"day": "integer", "requests": "integer"}, rows)


def _incidence(basis: Basis) -> DataTable:
    rows = tuple((one.cause, one.day, one.share, one.low, one.high) for one in basis.figures.incidence)
    columns = {"outcome": "string", "day": "integer", **_SHARES}
    return DataTable("incidence", "Share of requests that had ended with an outcome by a day", columns, rows)


def _quality(basis: Basis) -> DataTable:
    found = quality(basis.rows, basis.audit, basis.threshold)
    rows = tuple((one.name, one.n, _four(one.value), _four(one.low), _four(one.high)) for one in found)
    columns = {"figure": "string", "n": "integer", "value": "number", "low": "number", "high": "number"}
    return DataTable("quality", "How good the answers are, and how often the machine was wrong", columns, rows)


def _counts(data: Microdata) -> DataTable:
    """For each controller and right the requests by each value of each column: the funnel of each, from the rows."""
    head, right = data.columns.index("controller"), data.columns.index("right")
    found: Counter[tuple[str, ...]] = Counter()
    for row in data.rows:
        for name, value in zip(data.columns[1:], row[1:], strict=True):
            if name not in {"controller", "right"}:
                found[row[head], row[right], name, value] += 1
    rows: list[tuple[Cell, ...]] = [(*key, count) for key, count in sorted(found.items())]
    columns = dict.fromkeys(("controller", "right", "column", "value"), "string") | {"requests": "integer"}
    return DataTable(
        "by_controller", f"The published rows, counted; {TAKEN} is a value taken away", columns, tuple(rows)
    )


def _trial(found: Sequence[Comparison]) -> list[DataTable]:
    """The arms, and how each differs from the first of its comparison; none without a trial."""
    if not found:
        return []
    arms = {"comparison": "integer", "arm": "string", "people_at_least": "integer", "on_time": "number"}
    arms |= {"median_days": "integer", "median_low": "integer", "median_high": "integer"}
    lines = [(number, *_arm(arm)) for number, one in enumerate(found, 1) for arm in one.arms]
    columns = {"comparison": "integer", "arm": "string", "instead_of": "string", "figure": "string"}
    columns |= {"within_days": "integer", "difference": "number", "low": "number", "high": "number", "p": "string"}
    differences = [
        (number, line.second, line.first, name, one.within if name == "days" else None, *_gap(gap))
        for number, one in enumerate(found, 1)
        for line in one.contrasts
        for name, gap in gaps(line)
    ]
    return [
        DataTable("arms", "How the arms of the trial fared", arms, tuple(lines)),
        DataTable("arm_differences", "How each arm differs from the first", columns, tuple(differences)),
    ]


def _arm(arm: Arm) -> tuple[Cell, ...]:
    median = arm.median
    days = (median.days, median.low, median.high) if median else (None,) * 3
    return arm.name, arm.people, arm.on_time, *days


def _gap(gap: Gap) -> tuple[Cell, ...]:
    bounds = {code: f"< {bound}" for bound, code in CHANCE}
    return gap.value, gap.low, gap.high, bounds.get(gap.evidence, f">= {CHANCE[-1][0]}")
