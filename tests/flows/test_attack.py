"""Five weeks of a campaign, published each week as report, export and barometer; and somebody who has all the files.

The attacker knows what every figure means, in which order the files came out, and of each row of an export whose it is
(which nobody outside knows). They subtract what can be subtracted. Nobody of whom a few are told may be found.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from typing import TYPE_CHECKING

import pagecells
import pytest
import tablecells
from fiveweeks import FEW, THRESHOLD, TOLD, WEEKS
from meanings import NAMES

from rightskit.reports.controllers import rounding
from rightskit.reports.figures import is_due, is_on_time, is_sent, members
from rightskit.reports.grading import CRITERIA
from rightskit.reports.microdata import TAKEN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from publications import Published

pytestmark = pytest.mark.soak  # with other weeks


def test_the_attacker_reads_rightly(published) -> None:
    for one in published:
        for cell in one.cells.values():
            assert len(one.behind(cell)) == cell.number, (one.kind, cell.name)
        assert not one.rows or one.rows == one.shown


def test_every_table_and_section_is_read_or_holds_no_exact_number(published) -> None:
    """A new one must be given to the attacker."""
    for one in published:
        known = {"export": tablecells, "report": pagecells}.get(one.kind)
        if known:
            assert one.names <= known.EXACT | known.ROUNDED.keys(), one.kind


def test_a_dossier_less_those_it_tells_of_leaves_nobody_or_enough(published) -> None:
    for one in (one for one in published if one.kind == "dossier"):
        for cell in one.cells.values():
            others = {key for key in one.behind(cell) if one.truth[key].member not in TOLD}
            assert one.people(others) not in FEW, cell.name


def test_from_one_publication_to_the_next_no_figure_changes_by_a_few(published) -> None:
    """Of one kind or of two: whoever came to a figure came with enough others, and whoever left it left with them.

    A number that names its day is compared between pages of that day alone: others do not show it.
    """
    meaning = {cell.name: cell.holds for one in published for cell in one.cells.values() if not cell.day}
    for before, after in itertools.pairwise(published):
        for cell, holds in meaning.items():
            if cell.startswith(WEEKS) and not all(cell.startswith(str(one.day)) for one in (before, after)):
                continue
            old = {key for key, row in before.truth.items() if holds(row)}
            new = {key for key, row in after.truth.items() if holds(row)}
            assert after.people(new - old) not in FEW, cell
            assert before.people(old - new) not in FEW, cell


def test_rows_that_look_alike_are_those_of_enough(published) -> None:
    """Equal in all columns, or in any two of them; and together with what was taken away."""
    for one in published:
        columns = [name for name in next(iter(one.rows.values()), {}) if name != "row"]
        for pair in itertools.combinations(columns, 2):
            looks = defaultdict(set)
            for reference, row in one.rows.items():
                looks[tuple(row[name] for name in pair)].add(reference)
            assert not [look for look, some in looks.items() if one.people(some) in FEW], pair


SHOWS: Mapping[str, tuple[str, str]] = {
    "facts identity": ("identity", "yes"),
    "facts extended": ("extended", "yes"),
    "facts late": ("time", "late"),
    "facts overdue": ("time", "overdue"),
    "facts reminded": ("reminded", "yes"),
    "outcomes data": ("answer", "data"),
    "outcomes refused": ("answer", "refused"),
    "outcomes no_data": ("answer", "no-data"),
    "outcomes dialogue": ("answer", "in-dialogue"),
}


def test_rows_less_the_figures_of_the_same_day_are_of_nobody_or_of_enough(published) -> None:
    """All requests of a figure, less those whose row says so; for each controller too."""
    for one in published:
        for cell, (column, value) in SHOWS.items():
            if cell in one.cells:
                shown = {reference for reference, row in one.rows.items() if row[column] == value}
                rest = one.behind(one.cells[cell]) - shown
                assert not shown or one.people(rest) not in FEW, cell
        for controller, (column, outcome) in itertools.product(
            NAMES.values(), (("data", "data"), ("refused", "refused"), ("identity", "yes"))
        ):
            cell, name = f"{controller} {column}", "identity" if column == "identity" else "outcome"
            if cell in one.cells:
                shown = {
                    reference
                    for reference, row in one.rows.items()
                    if (row["controller"], row[name]) == (controller, outcome)
                }
                assert not shown or one.people(one.behind(one.cells[cell]) - shown) not in FEW, cell


def test_values_taken_from_rows_are_taken_from_enough(published) -> None:
    for one in published:
        for column in next(iter(one.rows.values()), {}):
            taken = {reference for reference, row in one.rows.items() if row[column] == TAKEN}
            assert one.people(taken) not in FEW, column


def _requests(one: Published, controller: str, criterion: str) -> tuple[set[str], set[str]]:
    """What a grade speaks of, and of which of it it holds."""
    known = next(item for item in CRITERIA if item.key == criterion)
    base = {key for key, row in one.truth.items() if row.request.controller_id == controller and known.base(row)}
    return base, {key for key in base if known.holds(one.truth[key])}


def test_a_grade_tells_of_no_few(published) -> None:
    """The attacker knows how many requests a share speaks of, and which numbers give the rounded share."""
    for one in published:
        for (controller, criterion), share in one.grades.items():
            base, holds = _requests(one, controller, criterion)
            step = next(s for s in (0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5) if s * one.people(base) >= THRESHOLD)
            may = {n for n in range(len(base) + 1) if abs(n / len(base) - share) <= step / 2 + 1e-9}
            assert len(holds) in may, (controller, criterion)
            assert not may <= set(FEW), (controller, criterion)
            assert not {len(base) - n for n in may} <= set(FEW), (controller, criterion)


def test_an_arm_tells_of_no_few(published) -> None:
    """The attacker knows how many requests of an arm are due, and which numbers give the rounded share."""
    told = [(one, arm, share) for one in published for arm, share in one.arms.items()]
    for one, arm, share in told:
        due = [row for row in one.truth.values() if row.request.arm == arm and is_sent(row)]
        due = [row for row in due if is_due(row) or row.course.bounced]
        step = rounding(members(due), THRESHOLD)
        may = {n for n in range(len(due) + 1) if abs(n / len(due) - share) <= step / 2 + 1e-9}
        assert sum(map(is_on_time, due)) in may, arm
        assert not may <= set(FEW), arm
        assert not {len(due) - n for n in may} <= set(FEW), arm


def test_a_grade_that_changes_changes_by_enough(published) -> None:
    """Between two barometers, with whatever was published in between."""
    sites = [(place, one) for place, one in enumerate(published) if one.kind == "barometer"]
    for (first, before), (second, after) in itertools.pairwise(sites):
        for key in before.grades.keys() & after.grades.keys():
            if before.grades[key] != after.grades[key]:
                steps = itertools.pairwise(published[first : second + 1])
                moved = [
                    {
                        k
                        for k, row in new.truth.items()
                        if row.request.controller_id == key[0] and row != old.truth.get(k)
                    }
                    for old, new in steps
                ]
                assert any(moved)
                assert not [some for some in moved if after.people(some) in FEW], key


def test_where_nobody_moved_no_figure_of_any_kind_is_another(published) -> None:
    for before, after in itertools.pairwise(published):
        if before.truth == after.truth:
            for cell in before.cells.keys() & after.cells.keys():
                assert before.cells[cell].number == after.cells[cell].number
