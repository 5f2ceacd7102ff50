"""Somebody adds and takes away numbers of all that five weeks published: of requests, of people, and of both.

Where several publications follow each other and nobody moved, their numbers are put together.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np
import pytest
from fiveweeks import FEW, THRESHOLD
from readings import Possible, readings

from rightskit.reports.rowkinds import MEMBERS, REQUESTS
from rightskit.reports.together import _sign

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray
    from publications import Published

AT_ONCE = 3
"""So many numbers are taken from another one, or it from them."""
pytestmark = pytest.mark.soak  # with other weeks
TOTALS = ("funnel ", "outcomes ", "facts ")


def test_no_numbers_of_requests_put_together_tell_of_a_few(published) -> None:
    """Of report, export and barometer; somebody knows, too, which kinds of requests there are none of."""
    found = [
        (reading.day, *names) for reading in readings(published, Possible(2500)) for names in reading.few(THRESHOLD)
    ]
    assert not found, min(found, key=len)


def people_told(one: Published, prefixes: tuple[str, ...]) -> dict[str, frozenset[str]]:
    """The people behind numbers of requests, where each is another member's."""
    found = {}
    for cell in one.cells.values():
        some = one.behind(cell)
        if cell.name.startswith(prefixes) and one.people(some) == len(some):
            found[cell.name] = frozenset(one.truth[reference].member for reference in some)
    return found


def members_told(one: Published) -> dict[str, frozenset[str]]:
    return {
        cell: frozenset(m for m, row in one.members.items() if holds(row)) for cell, (_, holds) in one.heads.items()
    }


def vectors(sets: Iterable[frozenset[str]], everybody: Sequence[str]) -> NDArray[np.int8]:
    found = [[person in people for person in everybody] for people in dict.fromkeys(sets)]
    return np.array(found, np.int8).reshape(len(found), len(everybody))


def of_people(sums_: NDArray[np.int8]) -> NDArray[np.int8]:
    """Those that count some people, each once, and the opposites of those that count each minus once."""
    both = np.concatenate([sums_, -sums_])
    return both[((both == 0) | (both == 1)).all(axis=1)]


def test_the_attacker_reads_numbers_of_people_rightly(published) -> None:
    for one in published:
        for cell, (number, _) in one.heads.items():
            assert len(members_told(one)[cell]) == number, (one.kind, cell)


def test_no_numbers_of_people_added_or_taken_away_count_a_few(published) -> None:
    """One of members, with up to three of members or of all requests."""
    for one in published:
        members, totals = members_told(one), people_told(one, TOTALS)
        everybody = sorted({*one.members, *(row.member for row in one.truth.values())})
        own = vectors(members.values(), everybody)
        others = vectors([*members.values(), *totals.values()], everybody)
        for number in range(AT_ONCE + 1):
            some = list(itertools.combinations(range(len(others)), number))
            places = np.array(some, np.int64).reshape(len(some), number)
            for signs in itertools.product((1, -1), repeat=number):
                added = (others[places] * np.array(signs, np.int8)[None, :, None]).sum(axis=1)
                for count in own:
                    assert not np.isin(of_people(count + added.astype(np.int8)).sum(axis=1), FEW).any(), one.kind


def documents_told(one: Published) -> list[frozenset[str]]:
    """Who stands behind the pool's numbers; what was published on another day counted others."""
    return [people for number, people in one.documents.values() if number == len(people) > 0]


def lines_told(one: Published) -> list[frozenset[str]]:
    """The people behind numbers of controllers, forms and rows."""
    return [people for cell, people in people_told(one, ("",)).items() if not cell.startswith(TOTALS) and people]


def test_no_number_of_people_beside_a_line_of_a_controller_or_a_document_counts_a_few(published) -> None:
    """Of members, alone or with another number; what counts no member leaves numbers of requests, which are read above.

    Read as people, two of these may seem to lie in one another where other requests of the same people are counted.
    """
    for one in published:
        members, totals = members_told(one), people_told(one, TOTALS)
        everybody = sorted({*one.members, *(row.member for row in one.truth.values())})
        others = vectors([*members.values(), *totals.values()], everybody)
        lines = {*lines_told(one), *documents_told(one)}
        for count in vectors(filter(None, members.values()), everybody):
            for some in of_people(np.concatenate([count[None, :], count + others, count - others])):
                people = frozenset(itertools.compress(everybody, some))
                for line in lines:
                    assert not (people <= line or line <= people) or len(people ^ line) not in FEW, one.kind


def test_no_number_of_people_with_a_document_beside_requests_counts_a_few(published) -> None:
    """Of the same page: a step from the document to the pool, and what its controller or all controllers did."""
    for one in published:
        for people in documents_told(one):
            for told in {*people_told(one, TOTALS).values(), *lines_told(one)}:
                assert not (people <= told or told <= people) or len(people ^ told) not in FEW, (one.day, one.kind)


def steps(kind, before, after) -> dict[tuple[object, ...], set[str]]:
    """From where to where -> who went there between two publications."""
    found = defaultdict(set)
    for name, row in after.items():
        old = before.get(name)
        if old != row:
            found[_sign(kind, old) if old else "new", _sign(kind, row)].add(row.member)
    return found


def test_whoever_is_counted_otherwise_took_the_same_step_as_enough(published) -> None:
    """So from one publication to the next no sum of numbers, of however many, changes by a few."""
    for before, after in itertools.pairwise(published):
        for kind, name in ((REQUESTS, "truth"), (MEMBERS, "members")):
            for step, people in steps(kind, getattr(before, name), getattr(after, name)).items():
                assert len(people) not in FEW, step
