"""What a reader can compute from the table of controllers, by trying every table that fits it."""

from collections import Counter
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from rightskit.cases.model import Answer
from rightskit.reports.cellcontrol import divide
from rightskit.reports.control import Control
from rightskit.reports.controllers import Limits, entries, table, together
from rightskit.reports.figures import by_controller

LEAST = 3
KINDS = (Answer.DATA, Answer.REFUSED, Answer.NO_DATA, Answer.NONE)


def report(rows, least, today):
    control = Control(rows, least)
    steps = control.steps()
    outcomes = control.outcomes(steps)
    alone = {group.keys for group in outcomes}
    cells = {key for key in ("answered", "data") if key in steps} | ({"refused"} if ("refused",) in alone else set())
    limits = Limits(least, today)
    return table(rows, outcomes, limits, identity=True), together(rows, cells, limits), outcomes


def fits(cells, line) -> bool:
    """Whether (data, refused, else, open) may stand behind a line."""
    data, refused, other, still = cells
    answered = data + refused + other
    if answered + still != line.requests:
        return False
    shown = [(line.data, data), (line.refused, refused), (line.answered and line.answered.count, answered)]
    if any(told is not None and told != real for told, real in shown):
        return False
    return line.limits is None or line.limits[0] - 1e-9 <= answered / line.requests <= line.limits[1] + 1e-9


def candidates(line):
    size = range(line.requests + 1)
    return [
        cells
        for d, r, o in product(size, repeat=3)
        if d + r + o <= line.requests and fits(cells := (d, r, o, line.requests - d - r - o), line)
    ]


def seen(cells, every):
    """Of one line's cells, or a sum of such, what the line of all controllers tells about."""
    data, refused, other, _ = cells
    told = [(every.data, data), (every.refused, refused), (every.answered, data + refused + other)]
    return tuple(number for known, number in told if known is not None)


def possible(lines, every):
    """For each line the cells that fit it, and that the other lines can fill up to the known sums."""
    alone = [candidates(line) for line in lines]
    total = tuple(
        known for known in (every.data, every.refused, every.answered and every.answered.count) if known is not None
    )
    for place, own in enumerate(alone):
        rest = {tuple(0 for _ in total)}
        for other in alone[:place] + alone[place + 1 :]:
            steps = {seen(cells, every) for cells in other}
            rest = {tuple(map(sum, zip(before, step, strict=True))) for before in rest for step in steps}
        yield {cells for cells in own if tuple(t - c for t, c in zip(total, seen(cells, every), strict=True)) in rest}


LINE = st.lists(st.sampled_from(KINDS), min_size=3, max_size=9)


@settings(max_examples=150, deadline=None)
@given(st.lists(LINE, min_size=2, max_size=3))
def test_no_hidden_number_of_a_few_can_be_computed(case, drawn) -> None:
    rows = [
        case(number, f"Bureau {place}", outcome)
        for place, outcomes in enumerate(drawn)
        for number, outcome in enumerate(outcomes)
    ]
    found, every, _ = report(rows, LEAST, case().course.sent)
    named = {line.name for line in found.lines}
    for line, told in zip(found.lines, possible(found.lines, every), strict=True):
        counts = Counter(
            row.course.outcome
            for row in rows
            if row.request.controller == line.name or (not line.name and row.request.controller not in named)
        )
        truth = tuple(counts[kind] for kind in KINDS)
        assert truth in told
        for column, number in enumerate(truth):
            assert not 0 < number < LEAST or len({cells[column] for cells in told}) > 1, (line, KINDS[column])


def alike(case, name, answered, still, first=0):
    return [case(first + n, name, Answer.DATA, days=9) for n in range(answered)] + [
        case(first + answered + n, name) for n in range(still)
    ]


def test_the_few_that_were_not_answered_are_told_as_few(case) -> None:
    """Both bureaus leave a few open; neither number stands there, nor the sum that would tell it."""
    rows = alike(case, "Alpha", 56, 4) + alike(case, "Beta", 30, 20) + alike(case, "Gamma", 20, 30)
    found, every, _ = report(rows, 10, case().course.sent)
    assert every.answered is not None
    assert every.answered.count == 106
    alpha, beta, gamma = found.lines
    assert alpha.answered is beta.answered is None
    assert alpha.limits == (1 - 9 / 60, 1 - 1 / 60)
    assert beta.limits is None
    assert gamma.answered is not None
    assert gamma.answered.count == 20


def test_small_controllers_stand_together(case) -> None:
    rows = alike(case, "Alpha", 30, 20) + alike(case, "Tiny", 8, 4) + alike(case, "Wee", 3, 6, first=20)
    found = [(entry.name, entry.controllers, len(entry.figures.rows)) for entry in entries(by_controller(rows), 10)]
    assert found == [("Alpha", 1, 50), ("", 2, 21)]


def test_a_single_small_controller_takes_the_next_one_in(case) -> None:
    rows = alike(case, "Alpha", 30, 20) + alike(case, "Beta", 15, 15) + alike(case, "Tiny", 3, 0)
    assert [(entry.name, entry.controllers) for entry in entries(by_controller(rows), 10)] == [("Alpha", 1), ("", 2)]


def test_no_more_than_a_hundred_lines(case) -> None:
    rows = [row for place in range(130) for row in alike(case, f"Bureau {place:03d}", 3, 3)]
    found = entries(by_controller(rows), 3)
    assert len(found) == 101
    assert (found[-1].name, found[-1].controllers) == ("", 30)


def test_without_outcomes_nothing_is_divided(case) -> None:
    assert divide([alike(case, "Alpha", 30, 20)], [], 10).columns == ()


def test_on_time_is_rounded_so_that_a_step_covers_the_threshold(case) -> None:
    rows = [case(n, outcome=Answer.DATA, days=9, late=n < 7) for n in range(50)] + [case(50 + n) for n in range(10)]
    found, _, _ = report(rows, 10, case().course.sent)
    assert found.lines[0].on_time == 0.8  # 43 of 50 are 86 %; ten people are 20 %


def test_nothing_is_told_where_it_would_tell_all(case) -> None:
    """That at most nine are open twice, and at least ten of twenty once, would leave one table that adds up to 28."""
    rows = alike(case, "Alpha", 50, 9) + alike(case, "Beta", 50, 9) + alike(case, "Gamma", 10, 10)
    found, every, _ = report(rows, 10, case().course.sent)
    assert every.answered is not None
    assert every.answered.count == 110
    assert [(line.answered, line.limits) for line in found.lines] == [(None, None)] * 3
