"""Rows and pool → the report: figures, disclosure control, sentences.

The page is ``letters/pages/report.html``, its charts :mod:`rightskit.rendering.charts`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.disclosures.pool import NOTHING, demand_threshold
from rightskit.reports import controllers, curves, waits, wording
from rightskit.reports.arms import NOT_DRAWN, Drawn, trial
from rightskit.reports.figures import funnel, has_data
from rightskit.reports.funnels import NO_FUNNELS
from rightskit.reports.margins import answered
from rightskit.reports.model import Bar, Figures, Report
from rightskit.reports.people import languages, traits
from rightskit.reports.period import began
from rightskit.reports.poolcontrol import beside_requests, documented
from rightskit.reports.pooltables import translated
from rightskit.reports.quality import Audit
from rightskit.reports.recruitment import NOBODY, Members, recruitment
from rightskit.reports.shown import shown_of
from rightskit.reports.whose import Whose, leaves_few

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from rightskit.disclosures.pool import Pool
    from rightskit.reports.caserow import CaseRow
    from rightskit.reports.control import Part
    from rightskit.reports.funnels import Funnels
    from rightskit.reports.model import ControllerLine
    from rightskit.reports.peoplecontrol import People
    from rightskit.reports.recruitment import Recruitment
    from rightskit.reports.shown import Shown
    from rightskit.vault.statements import Statement

NOBODY_LOOKED = Audit(0, 0)
_CARRIED_OUT = ("confirmed",)  # a line only for rights that can be carried out without data


@dataclass(frozen=True, slots=True)
class _Told:
    """What the page tells beside its figures of members.

    Attributes:
        shown: of all requests.
        languages: as they are told.
        lines: controllers' names, and requests behind counts of their lines.
        documents: people of whom the pool's tables tell.
    """

    shown: Shown
    languages: tuple[Bar, ...]
    lines: Sequence[tuple[str, Part]]
    documents: Sequence[People]


def build(  # noqa: PLR0913 (the parts of a report)
    title: str,
    organiser: str,
    rows: Sequence[CaseRow],
    pool: Pool | None,
    *,
    today: dt.date,
    language: str,
    threshold: int,
    said: tuple[tuple[str, Statement], ...] = (),
    drawn: Drawn = NOT_DRAWN,
    audit: Audit = NOBODY_LOOKED,
    members: Members = NOBODY,
    lines: Funnels = NO_FUNNELS,
) -> Report:
    """Make the report of a campaign.

    Args:
        title: of the campaign.
        organiser: who runs it, as the page names them.
        rows: one per planned request.
        pool: the tables of the returned data; None where there are none.
        today: the cut-off.
        language: of the page: de, fr or en.
        threshold: the least number of distinct members that a figure shows.
        said: names of controllers, and what they said about their figures.
        drawn: arms of the campaign's trial.
        audit: of the machine's decisions.
        members: who takes part.
        lines: how far the requests to each controller came.

    Raises:
        RefusedError: the threshold is below 3.
    """
    demand_threshold(threshold)
    shown = shown_of(rows, threshold)
    found = _figures(rows, shown, threshold, today)
    whose = Whose(rows, members.same)
    parts = list(whose.lines(found.controllers, lines))
    pool = beside_requests(pool or NOTHING, whose, shown.parts, parts)
    pooled = translated(pool.tables, language, pool.labels)
    spoken = languages(rows, threshold) if found.requests and found.funnel[0].count is not None else ()
    told = _Told(shown, spoken, parts, list(documented(pool, whose)))
    return Report(
        title=title,
        organiser=organiser,
        headline=wording.headline(language, len(rows), found.requests, found.every),
        date=today,
        began=began(rows, threshold),
        language=language,
        threshold=threshold,
        figures=found,
        lines=lines,
        recruitment=_recruitment(members, whose, told, threshold),
        answers=tuple(answered(members.populations, pool.tables)),
        languages=spoken,
        traits=traits(rows, audit, threshold, language),
        said=said,
        pool=pooled,
        pool_members=pool.members if pool.members and pool.members >= threshold else None,
        missing=tuple(wording.missing(language, threshold, found, planned=len(rows), tables=len(pooled))),
        notes=tuple(wording.notes(language, threshold, found)),
        trial=trial(rows, drawn, today, threshold),
    )


def figures(rows: Sequence[CaseRow], threshold: int, today: dt.date) -> Figures:
    """The figures of a campaign that may be published.

    Raises:
        RefusedError: the threshold is below 3.
    """
    demand_threshold(threshold)
    return _figures(rows, shown_of(rows, threshold), threshold, today)


def _figures(rows: Sequence[CaseRow], shown: Shown, threshold: int, today: dt.date) -> Figures:
    times = waits.waited(rows, shown, today)
    table, every = _controllers(rows, shown, controllers.Limits(threshold, today))
    return Figures(
        requests=shown.requests,
        funnel=_funnel(rows, shown, threshold),
        curves=times.curves,
        at_risk=times.at_risk,
        incidence=times.incidence,
        by_when=curves.by_when(times.incidence) if times.curves else (),
        controllers=table.lines,
        every=every,
        columns=table.columns,
        outcomes=_outcomes(shown) if shown.requests else (),
        facts=_facts(shown) if shown.requests else (),
        breakdown=shown.breakdown.told,
    )


def _recruitment(members: Members, whose: Whose, told: _Told, threshold: int) -> Recruitment:
    """Figures of members, beside all that the page tells of people."""
    around = [whose.everybody, *whose.people(told.shown.parts), *whose.speakers(told.languages)]
    beside = [*told.shown.breakdown.parts, *(part for _, part in told.lines)]
    barred = frozenset({"delivered"} if whose.repeats_few(has_data, threshold) else ())
    return recruitment(members, around, threshold, [*whose.people(beside), *told.documents], barred)


def _outcomes(shown: Shown) -> tuple[Bar, ...]:
    groups = [group for group in shown.outcomes if group.part or group.keys != _CARRIED_OUT]
    return tuple(Bar(group.keys, *_counted(group.part, shown)) for group in groups)


def _facts(shown: Shown) -> tuple[Bar, ...]:
    return tuple(Bar((key,), *_counted(part, shown)) for key, part in shown.facts.items())


def _share(count: int, shown: Shown) -> float | None:
    return count / shown.requests if shown.requests else None


def _counted(part: Part | None, shown: Shown) -> tuple[int | None, float | None]:
    return (None, None) if part is None else (len(part), _share(len(part), shown))


def _funnel(rows: Sequence[CaseRow], shown: Shown, threshold: int) -> tuple[Bar, ...]:
    """The steps as bars; what came back as undeliverable stands between sent and out."""
    counts = funnel(rows)
    people = counts["members"]
    is_hidden = 0 < people < threshold or leaves_few(rows, threshold)
    bars = [Bar(("members",), None if is_hidden else people, None)]
    for key in counts:
        if key in {"members", "bounced"}:
            continue
        part = shown.steps.get(key)
        if key == "out":
            bounced = counts["bounced"] if {"sent", "out"} <= shown.steps.keys() else None
            bars.append(Bar(("bounced",), bounced, None))
        share = None if key in {"planned", "sent"} else _counted(part, shown)[1]
        bars.append(Bar((key,), None if part is None else len(part), share))
    return tuple(bars)


def _controllers(
    rows: Sequence[CaseRow], shown: Shown, limits: controllers.Limits
) -> tuple[controllers.Table, ControllerLine | None]:
    if not shown.requests:
        return controllers.Table((), ()), None
    every = controllers.together(rows, shown.cells, limits)
    asked = every.identity is not None
    return controllers.table(rows, shown.outcomes, limits, identity=asked, may_tell=shown.may_tell), every
