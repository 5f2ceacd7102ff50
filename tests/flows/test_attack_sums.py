"""Somebody adds and takes away numbers of all that five weeks published: of requests, of people, and of both.

Where several publications follow each other and nobody moved, their numbers are put together.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np
import pytest
from fiveweeks import FEW
from possible import possible

from rightskit.reports.rowkinds import MEMBERS, REQUESTS
from rightskit.reports.together import _sign

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray
    from publications import Holds, Published

POSSIBLE = list(possible(2000))
AT_ONCE = 3
"""So many numbers are taken from another one, or it from them."""
TOTALS = ("funnel ", "outcomes ", "facts ")


def runs(published: Sequence[Published]) -> list[list[Published]]:
    """Publications that count the same requests and members."""
    found: list[list[Published]] = []
    for one in published:
        if found and (found[-1][0].truth, found[-1][0].members) == (one.truth, one.members):
            found[-1].append(one)
        else:
            found.append([one])
    return found


def numbers(some: Sequence[Published]) -> dict[str, Holds]:
    """What is told of requests, once each; a dossier is handed to one body, and has rules of its own."""
    told = {cell: one.meaning[cell] for one in some if one.kind != "dossier" for cell in one.counts}
    looks = {tuple(map(holds, POSSIBLE)): cell for cell, holds in told.items()}
    return {cell: told[cell] for cell in sorted(looks.values())}


def sums(seen: NDArray[np.bool_], number: int) -> Iterator[tuple[int, NDArray[np.int64]]]:
    """A number, and others without overlap that lie in it or around it, whatever happened to the requests."""
    both = seen.astype(np.int32) @ seen.astype(np.int32).T
    size = both.diagonal()
    some = [
        parts
        for parts in itertools.combinations(range(len(size)), number)
        if not any(both[pair] for pair in itertools.combinations(parts, 2))
    ]
    parts = np.array(some, np.int64).reshape(len(some), number)
    for whole in range(len(size)):
        met = both[whole][parts].sum(axis=1)
        found = parts[(met == size[parts].sum(axis=1)) | (met == size[whole])]
        yield whole, found[(found != whole).all(axis=1)]


@pytest.mark.parametrize("number", range(AT_ONCE + 1))
def test_no_numbers_of_requests_taken_from_another_leave_a_few(published, number) -> None:
    for some in runs(published):
        told, truth = numbers(some), some[0].truth
        if not told:
            continue
        cells, whose = list(told), [row.member for row in truth.values()]
        owner = np.array([[member == one for member in sorted(set(whose))] for one in whose], np.float32)
        seen = np.array([[told[cell](row) for row in POSSIBLE] for cell in cells], bool)
        behind = np.array([[told[cell](row) for row in truth.values()] for cell in cells], bool)
        for whole, parts in sums(seen, number):
            left = behind[whole] ^ behind[parts].any(axis=1)
            people = (left.astype(np.float32) @ owner > 0).sum(axis=1)
            few = np.flatnonzero(np.isin(people, FEW))
            assert not few.size, (cells[whole], [cells[part] for part in parts[few[0]]])


def people_told(one: Published, prefixes: tuple[str, ...]) -> dict[str, frozenset[str]]:
    """The people behind numbers of requests, where each is another member's."""
    found = {}
    for cell in one.counts:
        some = one.behind(cell)
        if cell.startswith(prefixes) and one.people(some) == len(some):
            found[cell] = frozenset(one.truth[reference].member for reference in some)
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
    cells = set().union(*(one.heads for one in published))
    assert {"joined", "complete", "consented", "left"} <= cells
    assert any("-" in cell for cell in cells), "ages"


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


def test_no_number_of_people_beside_a_line_of_a_controller_or_a_form_counts_a_few(published) -> None:
    for one in published:
        members, totals = members_told(one), people_told(one, TOTALS)
        lines = [people for cell, people in people_told(one, ("",)).items() if not cell.startswith(TOTALS) and people]
        everybody = sorted({*one.members, *(row.member for row in one.truth.values())})
        others = vectors([*members.values(), *totals.values()], everybody)
        for count in vectors(members.values(), everybody):
            for some in of_people(np.concatenate([count[None, :], count + others, count - others])):
                people = frozenset(itertools.compress(everybody, some))
                for line in lines:
                    assert not (people <= line or line <= people) or len(people ^ line) not in FEW, one.kind


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
    moved = 0
    for before, after in itertools.pairwise(published):
        for kind, name in ((REQUESTS, "truth"), (MEMBERS, "members")):
            for step, people in steps(kind, getattr(before, name), getattr(after, name)).items():
                assert len(people) not in FEW, step
                moved += 1
    assert moved
