"""The charts of a page: bars, dots with their intervals, curves that rise in steps.

The library draws; each chart stands in or above the table of its figures. Bars and dots fill a cell as wide as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, Protocol

from rightskit import texts
from rightskit.rendering.drawing import INKS, blank, framed, named, svg

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    class Share(Protocol):
        """A share with its interval, from 0 to 1."""

        share: float
        low: float
        high: float

    class Point(Share, Protocol):
        """A share by a day."""

        day: int

    class Steps(Protocol):
        """A curve: ``first`` or ``final``."""

        key: str
        points: Sequence[Point]

    class Waiting(Protocol):
        """How many still wait on a day; None is hidden."""

        day: int
        requests: int | None


_LEVELS = (0, 0.25, 0.5, 0.75, 1)
_CELL = 300
"""The width of a cell on paper and on a telephone, about; on a wider screen what fills it is stretched."""
_STRETCHED = 'aria-hidden="true" focusable="false" preserveAspectRatio="none" height="{height}" class="{kind}"'
_STRIP, _PALE = 30, 0.65
_MONTH, _QUARTER = 30, 91
_MANY = 180
"""From so many days on the axis counts by quarters, from three times as many on by half-years."""
_BELOW = -0.27
"""Where the row of those still waiting stands, in heights of the chart."""
_LINES: dict[str, dict[str, Any]] = {
    "first": {"color": INKS["second"], "linewidth": 2.25, "linestyle": (0, (3, 2)), "zorder": 3},
    "final": {"color": INKS["accent"], "linewidth": 3, "zorder": 3},
}
_DASHES = (0, (3, 3))
_SIZES = {"sheet": (720, 330), "roomy": (720, 350), "slim": (340, 330)}


def bar(value: float, most: float, ink: str = "accent", *, paper: bool, height: int = 16) -> str:
    """A bar on its track.

    Args:
        value: its length.
        most: the length that fills the cell.
        ink: one of :data:`~rightskit.rendering.drawing.INKS`.
        paper: whether it is for WeasyPrint.
        height: in pixels.
    """
    figure, axes = blank(_CELL, height)
    axes.set(xlim=(0, most or 1), ylim=(-0.5, 0.5))
    axes.barh(0, most or 1, 1, color=INKS["track"])
    if value:  # a bar of no length would be a hairline on paper
        axes.barh(0, value, 1, color=INKS[ink])
    return svg(figure, _STRETCHED.format(height=height, kind="bar"), paper=paper)


def strip(parts: Sequence[tuple[float, str, bool]], *, paper: bool) -> str:
    """Parts of a whole side by side, with a gap after each.

    Args:
        parts: of each its length, its ink, and whether it is paler than another of this ink.
        paper: whether it is for WeasyPrint.
    """
    figure, axes = blank(_CELL, _STRIP)
    axes.set(xlim=(0, sum(length for length, _, _ in parts)), ylim=(-0.5, 0.5))
    begin = 0.0
    for length, ink, is_pale in parts:
        axes.barh(0, length, 1, left=begin, color=INKS[ink], alpha=_PALE if is_pale else None)
        begin += length
        axes.axvline(begin, color=INKS["paper"], linewidth=1.5, zorder=3)
    return svg(figure, _STRETCHED.format(height=_STRIP, kind="bar"), paper=paper)


def dot(share: Share | None, limits: tuple[float, float] | None, *, paper: bool) -> str:
    """A dot with its interval on a line from 0 to 100 %; without one, the limits between which a hidden share lies."""
    figure, axes = blank(_CELL, 20)
    axes.set(xlim=(0, 1), ylim=(-1, 1))
    for level in _LEVELS:
        axes.axvline(level, color=INKS["rule"], linewidth=1, zorder=0)
    if share:
        axes.plot(
            (share.low, share.high), (0, 0), color=INKS["accent"], alpha=0.55, linewidth=3, solid_capstyle="round"
        )
        for width, ink in ((13, "paper"), (10, "accent")):  # a line of no length stays round however it is stretched
            axes.plot((share.share,) * 2, (0, 0), color=INKS[ink], linewidth=width, solid_capstyle="round")
    elif limits:
        low, high = limits
        axes.barh(0, high - low, 1, left=low, color=INKS["accent"], alpha=0.17)
        axes.barh(0, high - low, 1, left=low, fill=False, edgecolor=INKS["accent"], linestyle=_DASHES)
    return svg(figure, _STRETCHED.format(height=20, kind="whisker"), paper=paper)


def steps(language: str, curves: Sequence[Steps], waiting: Sequence[Waiting], text: str, *, paper: bool) -> str:
    """Shares of requests over the days after sending, with the band of the final answer; below, how many still wait.

    Args:
        language: of what is written beside the axes.
        curves: in the order in which they are drawn.
        waiting: numbers for some days.
        text: what the chart shows, for who does not see it.
        paper: whether it is for WeasyPrint.
    """
    found = []
    for name in ("sheet",) if paper else ("roomy", "slim"):  # of the last two the stylesheet shows one
        figure = framed(*_SIZES[name])
        _steps(figure.add_subplot(), language, curves, waiting)
        attributes, said = named(f"curve-{name}", texts.text(language, "report.curve.lead"), text)
        found.append(svg(figure, f'class="{name}" {attributes}', paper=paper, said=said))
    return "".join(found)


def _steps(axes: Axes, language: str, curves: Sequence[Steps], waiting: Sequence[Waiting]) -> None:
    last = max(curve.points[-1].day for curve in curves)
    step = _MONTH * (1 if last < _MANY else 3 if last < 3 * _MANY else 6)
    _axes(axes, language, last, step)
    _marks(axes, language, ("center", "center") if step == _MONTH else ("right", "left"))
    if any(one.requests is not None for one in waiting):
        _waiting(axes, language, [one for one in waiting if one.day % step == 0])
    for curve in curves:
        _curve(axes, curve)


def _axes(axes: Axes, language: str, last: int, step: int) -> None:
    """Days to the right, shares upwards."""
    from matplotlib.ticker import FuncFormatter, MultipleLocator  # noqa: PLC0415 (heavy: only where used)

    axes.set(xlim=(0, max(last, _QUARTER) + 4), ylim=(0, 1))
    axes.set_yticks(_LEVELS, [texts.percent(language, level) for level in _LEVELS])
    axes.xaxis.set_major_locator(MultipleLocator(step))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda day, _: texts.number(language, round(day))))
    axes.set_xlabel(texts.text(language, "report.curve.axis"), loc="left")
    axes.grid(axis="y")


def _marks(axes: Axes, language: str, sides: tuple[Literal["left", "center", "right"], ...]) -> None:
    """The times that Art. 12(3) GDPR allows without and with an extension, with their names on a side each."""
    names = {_MONTH: "report.curve.month", _QUARTER: "report.curve.quarter"}
    for day in names:
        axes.axvline(day, color=INKS["muted"], linewidth=1, linestyle=(0, (2, 4)))
    top = axes.secondary_xaxis("top")
    top.set_xticks(list(names), [texts.text(language, key) for key in names.values()])
    for label, side in zip(top.get_xticklabels(), sides, strict=True):
        label.set_horizontalalignment(side)


def _waiting(axes: Axes, language: str, waiting: Sequence[Waiting]) -> None:
    """A row of numbers below the days; what is hidden is a dash, and told in the table."""
    row = axes.secondary_xaxis(_BELOW)
    told = ("–" if one.requests is None else texts.number(language, one.requests) for one in waiting)
    row.set_xticks([one.day for one in waiting], list(told))
    row.set_xlabel(texts.text(language, "report.curve.at_risk"), loc="left")
    row.xaxis.set_label_position("top")
    row.spines["bottom"].set_visible(False)


def _curve(axes: Axes, curve: Steps) -> None:
    """A share holds from its day on, until the next."""
    edges = [*(point.day for point in curve.points), curve.points[-1].day]
    if curve.key == "final":
        lows, highs = [point.low for point in curve.points], [point.high for point in curve.points]
        axes.stairs(highs, edges, baseline=lows, fill=True, color=INKS["accent"], alpha=0.17, linewidth=0)
    axes.stairs([point.share for point in curve.points], edges, baseline=None, **_LINES[curve.key])
