"""Pictures that matplotlib drew, read as a browser would."""

import os
import re
import subprocess
import sys
from types import SimpleNamespace
from xml.etree import ElementTree as ET

import pytest

from rightskit import paths
from rightskit.rendering import charts
from rightskit.rendering.drawing import INKS


def paths_of(svg: str) -> list[tuple[list[float], str]]:
    """Of each path its rightmost and leftmost places, and its style."""
    found = []
    for part in ET.fromstring(svg).iter("path"):
        across = [float(pair.split()[1]) for pair in re.findall(r"[ML] [-\d.]+ [-\d.]+", part.get("d"))]
        found.append(([min(across), max(across)], part.get("style")))
    return found


def words(svg: str) -> list[str]:
    return [part.text for part in ET.fromstring(svg).iter("text")]


def curve(key, *shares):
    points = [SimpleNamespace(day=7 * n, share=one, low=one / 2, high=one) for n, one in enumerate((0, *shares))]
    return SimpleNamespace(key=key, points=points)


def waiting(*requests):
    return [SimpleNamespace(day=30 * n, requests=one) for n, one in enumerate(requests)]


SHARE = SimpleNamespace(share=0.5, low=0.3, high=0.6)
CURVES = [curve("first", 0.4, 0.8), curve("final", 0.2, 0.4)]
WAITING = waiting(1234, 60, None, 12)


def steps(language="en", curves=CURVES, numbers=WAITING, *, paper=False) -> list[str]:
    drawn = charts.steps(language, curves, numbers, "first < final", paper=paper)
    return [f"<svg{one}" for one in drawn.split("<svg")[1:]]


def test_a_bar_is_as_long_as_its_value_on_its_track() -> None:
    track, bar = paths_of(charts.bar(30, 120, "second", paper=False))
    assert track == ([0, 300], "fill: var(--track)")
    assert bar == ([0, 75], "fill: var(--second)")


def test_parts_stand_side_by_side_with_gaps() -> None:
    found = paths_of(charts.strip([(30, "accent", False), (60, "accent", True), (30, "second", False)], paper=False))
    filled = [(at, "opacity: 0.65" in style) for at, style in found if "fill: var(" in style]
    assert filled == [([0, 75], False), ([75, 225], True), ([225, 300], False)]
    assert [at for at, style in found if "stroke: var(--paper)" in style] == [[75, 75], [225, 225], [300, 300]]


def test_of_nothing_no_bar_is_drawn() -> None:
    assert len(paths_of(charts.bar(0, 120, paper=False))) == 1
    assert len(paths_of(charts.bar(0, 0, paper=False))) == 1


def test_a_dot_stands_at_its_share_on_its_interval() -> None:
    drawn = paths_of(charts.dot(SHARE, None, paper=False))
    assert [at for at, _ in drawn] == [
        [0, 0],
        [75, 75],
        [150, 150],
        [225, 225],
        [300, 300],
        [90, 180],
        [150] * 2,
        [150] * 2,
    ]
    assert "stroke-linecap: round" in drawn[-1][1]


def test_without_a_dot_its_limits_are_a_dashed_box() -> None:
    *grid, box, frame = paths_of(charts.dot(None, (0.2, 0.6), paper=False))
    assert (box[0], frame[0], len(grid)) == ([60, 180], [60, 180], 5)
    assert "dasharray" in frame[1]
    assert len(paths_of(charts.dot(None, None, paper=False))) == 5


def test_a_picture_does_not_remember_the_one_before() -> None:
    before = charts.dot(SHARE, None, paper=False), charts.bar(3, 4, paper=True)
    charts.dot(None, (0, 1), paper=False), charts.bar(8, 9, paper=True)
    assert before == (charts.dot(SHARE, None, paper=False), charts.bar(3, 4, paper=True))


def test_steps_hold_a_share_until_the_next_day() -> None:
    """100 % of 720 × 350; the final curve rises on the days 7 and 14 to 20 and 40 %."""
    line = [part.get("d") for part in ET.fromstring(steps()[0]).iter("path") if "stroke-width: 3;" in part.get("style")]
    points = [tuple(map(float, pair)) for pair in re.findall(r"[ML] ([-\d.]+) ([-\d.]+)", line[0])]
    left, ground = points[0]
    week = max(x for x, _ in points) - left
    rise = sorted({(round((x - left) / week, 2), round(ground - y)) for x, y in points})
    assert {x for x, _ in rise} == {0, 0.5, 1}
    heights = sorted({y for _, y in rise})
    assert heights[0] == 0
    assert heights[2] == pytest.approx(2 * heights[1], abs=1)
    assert (0.5, 0) in rise
    assert (0.5, heights[1]) in rise


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ["1 month", "3 months", "Days after sending", "Still without an answer in substance", "1,234", "60", "–", "12"]),
        ("de", ["1 Monat", "3 Monate", "Tage seit dem Versand", "Noch ohne Antwort in der Sache", "1.234", "100 %"]),
        ("fr", ["1 mois", "3 mois", "Jours depuis l’envoi", "Encore sans réponse sur le fond", "1 234", "100 %"]),
    ],
)  # fmt: skip
def test_text_stays_text_in_the_language_of_the_page(language, told) -> None:
    for drawn in steps(language):
        assert set(told) <= {word.replace("\u202f", " ").replace("\xa0", " ") for word in words(drawn)}


def test_the_spaces_of_numbers_do_not_break() -> None:
    assert "100\u202f%" in words(steps("fr")[0]) or "100\xa0%" in words(steps("fr")[0])


def test_after_half_a_year_the_axis_counts_by_quarters() -> None:
    found = words(steps(curves=[curve("final", *[n / 40 for n in range(32)])])[1])
    assert {"0", "90", "180"} < set(found)
    assert not {"30", "60", "150"} & set(found)


def test_nothing_is_said_of_who_waits_where_all_is_hidden() -> None:
    assert "–" not in words(steps(numbers=waiting(None, None))[0])


def test_a_screen_gets_a_wide_and_a_slim_one_and_paper_one() -> None:
    assert [one[12:17] for one in steps()] == ["roomy", 'slim"']
    assert [one[12:17] for one in steps(paper=True)] == ["sheet"]
    names = re.findall(r' id="([^"]*)"', "".join(steps()))
    assert sorted(names) == ["curve-roomy-name", "curve-roomy-text", "curve-slim-name", "curve-slim-text"]
    assert all("first &lt; final</desc>" in one for one in steps())


EVERYTHING = [
    lambda paper: charts.bar(30, 120, "muted", paper=paper),
    lambda paper: charts.dot(SHARE, None, paper=paper),
    lambda paper: "".join(steps("de", paper=paper)),
]


@pytest.mark.parametrize("draw", EVERYTHING)
def test_a_screen_has_the_colours_and_fonts_of_the_page_and_paper_its_own(draw) -> None:
    screen, paper = draw(False), draw(True)
    assert not re.search("#[0-9a-f]{6}|DejaVu", screen)
    assert not re.search("var\\(|DejaVu|inherit", paper)
    assert ("font-family: 'Sheet'" in paper) == ("<text" in paper)


@pytest.mark.parametrize("draw", EVERYTHING)
def test_a_picture_leads_nowhere_and_styles_nothing_but_itself(draw) -> None:
    for drawn in (draw(False), draw(True)):
        assert not re.search("url\\(|href|http|<style|<metadata|<defs|clip-path", drawn)
        assert not re.search('<g[^>]* id="|<path[^>]* id="', drawn)


def test_every_ink_is_a_colour_of_the_stylesheet() -> None:
    stylesheet = (paths.shipped("letters") / "pages" / "report.css").read_text(encoding="utf-8")
    assert all(f"--{name}:" in stylesheet for name in INKS)
    assert len(set(INKS.values())) == len(INKS)


CHILD = """
import sys
from types import SimpleNamespace as Point
from rightskit.rendering import charts, page
assert "matplotlib" not in sys.modules
curve = Point(key="final", points=[Point(day=day, share=0.5, low=0.4, high=0.6) for day in (0, 7)])
print(charts.steps("en", [curve], [], "half", paper=False), end="")
"""


def test_it_is_loaded_where_something_is_drawn_and_obeys_nobody_elses_settings(tmp_path) -> None:
    settings = tmp_path / "matplotlibrc"
    settings.write_text("font.size: 30\nsvg.fonttype: path\n", encoding="utf-8")
    child = subprocess.run(
        [sys.executable, "-c", CHILD],
        env=os.environ | {"MATPLOTLIBRC": str(settings)},
        capture_output=True,
        text=True,
        check=True,
    )
    points = [SimpleNamespace(day=day, share=0.5, low=0.4, high=0.6) for day in (0, 7)]
    assert child.stdout == charts.steps("en", [SimpleNamespace(key="final", points=points)], [], "half", paper=False)
