"""Whom a campaign speaks of: ``population`` in campaign.yaml → Population, known margins of these people.

They stand beside what is known of the members, so that everybody sees whom the campaign reached. No figure is weighted
by them.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from rightskit.campaign import ages
from rightskit.campaign.population_figures import Figure, Figures, of_file, of_mapping
from rightskit.yamlfile import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rightskit.campaign.questionnaire import Question
    from rightskit.errors import Fault
    from rightskit.yamlfile import Section

AGES = "ages"
"""Stands in ``of`` for the age on the day of joining; every other word there is a question."""
_OLDEST_YEAR = 1800
_WHOLE, _ROUNDED = 100, 1
"""Shares add up to that many per cent, but for what rounding makes of them."""


@dataclass(frozen=True, slots=True)
class Population:
    """One known margin of the people whom a campaign speaks of.

    Attributes:
        of: :data:`AGES`, or the id of a question with answers.
        who: the people, as readers are told.
        source: who counted them, and where that stands.
        year: of the figures.
        shares: one of :data:`rightskit.campaign.ages.BANDS`, or an answer → which part of these people, from 0 to 1;
            all add up to 1. What is not there, nobody of them has, or nobody asked them.
    """

    of: str
    who: str
    source: str
    year: int
    shares: Mapping[str, float]

    def share(self, values: Iterable[str]) -> float:
        """Which part of these people has one of some values."""
        return sum(self.shares.get(value, 0.0) for value in values)


def read(top: Section, questions: Sequence[Question]) -> tuple[Population, ...]:
    """The margins of campaign.yaml; faults go into the section.

    Args:
        top: campaign.yaml.
        questions: that the campaign asks.
    """
    answers = {one.id: tuple(one.answers) for one in questions if one.answers}
    sections = top.sections("population")
    found = tuple(_population(section, answers) for section in sections)
    seen: set[str] = set()
    for section, one in zip(sections, found, strict=True):
        if one.of in seen:
            section.fault("of", f"{one.of} stands above already", "keep one of them")
        seen.add(one.of)
    return found


def _population(section: Section, answers: Mapping[str, tuple[str, ...]]) -> Population:
    of = section.text("of", required=True)
    if of and of != AGES and of not in answers:
        section.fault("of", f"{of} is no question with answers", did_you_mean(of, {AGES, *answers}))
    who, source = section.text("who", required=True), section.text("source", required=True)
    year = section.integer("year", 0, least=_OLDEST_YEAR)
    if "year" not in section:
        section.fault("year", "year is missing", "write the year of the figures: `year: 2024`")
    figures = _figures(section)
    section.refuse_unknown()
    section.faults.extend(_faults(figures, of, answers.get(of, ())))
    return Population(of, who, source, year, _shares(figures, of))


def _figures(section: Section) -> Figures:
    """What stands under ``counts``, under ``shares``, or in the file that is named."""
    given = [key for key in ("counts", "shares", "file") if key in section]
    if len(given) != 1:
        hint = "write one of `counts: {18-29: 10985912}`, `shares: {18-29: 15.8}` (per cent) or `file: ages.csv`"
        section.fault("counts", "it has no figures" if not given else f"it has {' and '.join(given)}", hint)
    if given == ["file"]:
        return of_file(section, Path(section.path).parent / section.text("file"))
    return of_mapping(section, given[0] if given else "counts")


def _faults(figures: Figures, of: str, answers: Sequence[str]) -> Iterator[Fault]:
    for one in figures.rows:
        hint = _misfit(one.value, answers) if of != AGES else _misfit_of_age(one.value)
        if hint:
            yield figures.fault(one, f"{one.value!r} is none of the campaign's {of}", hint)
        elif not (math.isfinite(one.number) and one.number >= 0):
            yield figures.fault(one, "this is no number of people", "write a number with a point: 12.5")
    if of == AGES:
        yield from _uneven(figures)
    total = sum(one.number for one in figures.rows)
    if figures.rows and figures.are_shares and abs(total - _WHOLE) > _ROUNDED:
        yield figures.fault(
            None, f"the shares add up to {total:g}", "write per cent of all, 100 together, or `counts:`"
        )
    elif figures.rows and not total > 0:
        yield figures.fault(None, "the figures add up to nothing", "write how many people each value has")


def _misfit(value: str, answers: Sequence[str]) -> str:
    return "" if value in answers or not answers else did_you_mean(value, answers)


def _misfit_of_age(value: str) -> str:
    written = ages.years(value)
    if written is None:
        return "write years of age: 18-29, 42 or 75+"
    reached = ages.bands(written)
    return "" if len(reached) == 1 else f"divide it, so that each part lies in one of: {', '.join(reached)}"


def _uneven(figures: Figures) -> Iterator[Fault]:
    """Ages that are counted twice, or that lie between others and are not counted."""
    read_ = [(written, one) for one in figures.rows if (written := ages.years(one.value)) is not None]
    for (before, _), (after, one) in pairwise(sorted(read_, key=lambda pair: pair[0].start)):
        if after.start < before.stop:
            yield figures.fault(one, f"{one.value} begins before {before[-1] + 1}", "count each age once")
        elif after.start > before.stop:
            yield figures.fault(one, f"{before.stop} to {after.start - 1} years are missing", "add them, 0 for nobody")


def _shares(figures: Figures, of: str) -> dict[str, float]:
    """Figures of one value, or of ages in one band, stand together."""
    total = sum(one.number for one in figures.rows)
    found: dict[str, float] = defaultdict(float)
    for one in figures.rows:
        found[_value(one, of)] += one.number / total if total else 0.0
    return dict(found)


def _value(one: Figure, of: str) -> str:
    written = ages.years(one.value) if of == AGES else None
    return ages.band(written.start) if written else one.value
