"""Small pictures of figures, drawn by matplotlib as SVG files that are read on light and on dark pages."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from rightskit.rendering.drawing import INKS, framed, svg

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_WIDTH, _HEIGHT, _COLUMNS = 290, 190, 3
_GAP = 0.15
"""Around a panel, in inches of 72 units."""
_LINE = 22
"""Height of a bar, or of a title."""
_LEAST = 0.1
"""From which value on a bar tells it in whole units, not in thousandths."""
_LABEL = 0.17
"""Height of a value with its distance from the point, in heights of a panel."""
_MANY = 3
"""With so many points the first may stand too close to the others to be named."""
_STYLE = """\
:root { --ink: #1c2733; --muted: #55636f; --rule: #b6c0c8; --accent: #0b6e8f; --second: #a24a14; --track: #b0bbc4 }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e4eaef; --muted: #a5b2bd; --rule: #52606b; --accent: #5cc3e3; --second: #f0a06a; --track: #6b7883 }
}
"""


@dataclass(frozen=True, slots=True)
class Panel:
    """A line over the number of items.

    Attributes:
        points: items, and what was measured.
        unit: of that.
        aim: the most that is allowed, where one is set.
    """

    title: str
    points: tuple[tuple[int, float], ...]
    unit: str
    aim: float | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """One of several things that do the same work.

    Attributes:
        own: whether it is rightskit.
    """

    name: str
    value: float
    own: bool


def panels(found: list[Panel], about: str) -> str:
    """Panels side by side, each with its own height.

    Args:
        found: what to draw.
        about: for who does not see the picture.
    """
    lines = -(-len(found) // _COLUMNS)
    figure = framed(_COLUMNS * _WIDTH, lines * _HEIGHT)
    figure.set_layout_engine("constrained", w_pad=_GAP, h_pad=_GAP)
    for number, panel in enumerate(found, start=1):
        _panel(figure.add_subplot(lines, _COLUMNS, number), panel)
    return _file(figure, about)


def _panel(axes: Axes, panel: Panel) -> None:
    """One line; the aim is drawn where it would not press the line down to the ground."""
    most = max(y for _, y in panel.points)
    aim = panel.aim if panel.aim and panel.aim < 2 * most else None
    axes.set(ylim=(0, 1.15 * max(most, aim or 0) or 1), yticks=(), xmargin=0.1)
    axes.set_title(panel.title, loc="left", pad=18, fontsize=12, fontweight="bold", color=INKS["ink"])
    if panel.aim is not None:
        said = f"aim {panel.aim:g} {panel.unit}{'' if aim else ', above this picture'}"
        axes.text(0, 1.03, said, transform=axes.transAxes, color=INKS["second"])
    if aim:
        axes.axhline(aim, color=INKS["second"], linestyle="--")
    _points(axes, panel, aim or 0)


def _points(axes: Axes, panel: Panel, aim: float) -> None:
    """The line with its values; one that the aim's line would cross stands below its point."""
    items, values = zip(*panel.points, strict=True)
    axes.plot(items, values, color=INKS["accent"], linewidth=2)
    for x, y in panel.points:
        axes.plot((x, x), (y, y), color=INKS["accent"], linewidth=7, solid_capstyle="round")
        below = y < aim < y + _LABEL * axes.get_ylim()[1]
        place, side = ((0, -7), "top") if below else ((0, 6), "bottom")
        axes.annotate(_short(y), (x, y), place, textcoords="offset points", ha="center", va=side, color=INKS["muted"])
    # Labels must not touch.
    told = [x for number, x in enumerate(items) if number or len(items) < _MANY or x > items[-1] / 10]
    axes.set_xticks(told, [_items(x) for x in told])


def bars(groups: dict[str, list[Bar]], unit: str, about: str) -> str:
    """For each step its bars, the longest of each step as long as the picture is wide.

    Args:
        groups: title -> what to compare.
        unit: of the values.
        about: for who does not see the picture.
    """
    heights = [len(found) for found in groups.values()]
    figure = framed(_COLUMNS * _WIDTH, _LINE * (sum(heights) + 2 * len(groups)))
    made = figure.subplots(len(groups), height_ratios=heights, squeeze=False)[:, 0]
    for axes, (title, found) in zip(made, groups.items(), strict=True):
        _bars(axes, title, found, unit)
    return _file(figure, about)


def _bars(axes: Axes, title: str, found: list[Bar], unit: str) -> None:
    inks = [INKS["accent" if bar.own else "track"] for bar in found]
    places = range(len(found))
    drawn = axes.barh(places, [bar.value for bar in found], 0.55, color=inks)
    axes.bar_label(drawn, [_said(bar.value, unit) for bar in found], padding=6, color=INKS["muted"])
    axes.set_title(title, loc="left", fontsize=12, fontweight="bold", color=INKS["ink"])
    axes.set_yticks(places, [bar.name for bar in found], color=INKS["ink"])
    axes.set(xticks=(), xlim=(0, 1.2 * max(bar.value for bar in found) or 1))
    axes.invert_yaxis()
    axes.spines["bottom"].set_visible(False)


def _file(figure: Figure, about: str) -> str:
    """The picture as a file of its own, which is as light or dark as the page that shows it."""
    fonts = 'font-family="system-ui, sans-serif"'
    attributes = f'xmlns="http://www.w3.org/2000/svg" role="img" width="{_COLUMNS * _WIDTH}" {fonts}'
    said = f"<title>{escape(about)}</title><style>{_STYLE}</style>"
    return f"{svg(figure, attributes, paper=False, said=said)}\n"


def _said(value: float, unit: str) -> str:
    return f"{_short(value)} {unit}" if value >= _LEAST else f"{_short(1000 * value)} m{unit}"


def _short(value: float) -> str:
    """Two digits that matter, and none behind the point where there are many before it."""
    if value >= 100:  # noqa: PLR2004 (three digits)
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"  # noqa: PLR2004 (two digits)


def _items(number: int) -> str:
    if number >= 1_000_000:  # noqa: PLR2004
        return f"{number / 1_000_000:g} M"
    return f"{round(number / 1000, 1):g}k" if number >= 1000 else str(number)  # noqa: PLR2004
