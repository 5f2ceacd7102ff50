"""Small pictures of figures, as plain SVG that is read on light and on dark pages."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

_WIDTH, _HEIGHT, _COLUMNS = 290, 190, 3
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 30, 40, 30
_LEAST = 0.1
"""From which value on a bar tells it in whole units, not in thousandths."""
_LABEL = 18
"""Height of a value with its distance from the point."""
_STYLE = """\
text { font: 12px system-ui, sans-serif; fill: #1c2733 } .small { font-size: 11px; fill: #55636f }
.title { font-weight: 600 } .axis { stroke: #b6c0c8 } .line { stroke: #0b6e8f; fill: none; stroke-width: 2 }
.dot, .own { fill: #0b6e8f } .even { stroke: #98a5af; stroke-dasharray: 1 3; stroke-width: 1.5; stroke-linecap: round }
.aim { stroke: #b4561c; stroke-dasharray: 6 4 } .of-aim { fill: #a24a14 } .other { fill: #b0bbc4 }
@media (prefers-color-scheme: dark) { text { fill: #e4eaef } .small { fill: #a5b2bd } .axis { stroke: #52606b }
.line { stroke: #5cc3e3 } .dot, .own { fill: #5cc3e3 } .even { stroke: #7d8b96 } .aim { stroke: #f0a06a }
.of-aim { fill: #f0a06a } .other { fill: #6b7883 } }
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
    parts = []
    for number, panel in enumerate(found):
        left, top = number % _COLUMNS * _WIDTH, number // _COLUMNS * _HEIGHT
        parts.append(f'<g transform="translate({left} {top})">{_panel(panel)}</g>')
    return _svg(_COLUMNS * _WIDTH, lines * _HEIGHT, about, parts)


def _panel(panel: Panel) -> str:
    most_x = max(x for x, _ in panel.points)
    most = max(y for _, y in panel.points)
    shown = panel.aim if panel.aim and panel.aim < 2 * most else None
    top = 1.15 * max(most, shown or 0) or 1

    def at(x: float, y: float) -> tuple[float, float]:
        across, up = _WIDTH - _LEFT - _RIGHT, _HEIGHT - _TOP - _BOTTOM
        return _LEFT + across * x / most_x, _HEIGHT - _BOTTOM - up * min(1, y / top)

    ground = _HEIGHT - _BOTTOM
    parts = [
        f'<text class="title" x="8" y="20">{escape(panel.title)}</text>',
        f'<line class="axis" x1="{_LEFT}" y1="{ground}" x2="{_WIDTH - _RIGHT}" y2="{ground}"/>',
        *_aim(panel, shown, at(0, shown or 0)[1]),
        *_points(panel, at, ground, at(0, shown)[1] if shown else None),
    ]
    return "".join(parts)


def _aim(panel: Panel, shown: float | None, height: float) -> list[str]:
    if panel.aim is None:
        return []
    said = f"aim {panel.aim:g} {panel.unit}"
    if shown is None:
        return [f'<text class="small of-aim" x="8" y="35">{said}, above this picture</text>']
    return [
        f'<line class="aim" x1="{_LEFT}" y1="{height:.1f}" x2="{_WIDTH - _RIGHT}" y2="{height:.1f}"/>',
        f'<text class="small of-aim" x="8" y="35">{said}</text>',
    ]


def _points(panel: Panel, at: object, ground: int, aim: float | None) -> list[str]:
    """The line with its values; one that the aim's line would cross stands below its point."""
    places = [(x, y, *at(x, y)) for x, y in panel.points]  # type: ignore[operator]
    line = " ".join(f"{left:.1f},{top:.1f}" for *_, left, top in places)
    parts = [f'<polyline class="line" points="{line}"/>']
    for number, (x, y, left, top) in enumerate(places):
        parts.append(f'<circle class="dot" cx="{left:.1f}" cy="{top:.1f}" r="3.5"/>')
        crossed = aim is not None and top - _LABEL < aim < top
        height = top + _LABEL if crossed else top - 8
        parts.append(f'<text class="small" text-anchor="middle" x="{left:.1f}" y="{height:.1f}">{_short(y)}</text>')
        if number or len(places) < 3 or x / panel.points[-1][0] > 0.1:  # noqa: PLR2004 (labels must not touch)
            parts.append(
                f'<text class="small" text-anchor="middle" x="{left:.1f}" y="{ground + 16}">{_items(x)}</text>'
            )
    return parts


def bars(groups: dict[str, list[Bar]], unit: str, about: str) -> str:
    """For each step its bars, the longest of each step as long as the picture is wide.

    Args:
        groups: title -> what to compare.
        unit: of the values.
        about: for who does not see the picture.
    """
    parts: list[str] = []
    top, width, names = 8, _COLUMNS * _WIDTH, 330
    for title, found in groups.items():
        most = max(bar.value for bar in found) or 1
        parts.append(f'<text class="title" x="8" y="{top + 14}">{escape(title)}</text>')
        top += 24
        for bar in found:
            long = max(1.0, (width - names - 130) * bar.value / most)
            kind = "own" if bar.own else "other"
            parts.append(f'<text x="24" y="{top + 12}">{escape(bar.name)}</text>')
            parts.append(f'<rect class="{kind}" x="{names}" y="{top + 1}" width="{long:.1f}" height="14" rx="2"/>')
            said = f"{_short(bar.value)} {unit}" if bar.value >= _LEAST else f"{_short(1000 * bar.value)} m{unit}"
            parts.append(f'<text class="small" x="{names + long + 8:.1f}" y="{top + 12}">{said}</text>')
            top += 20
        top += 10
    return _svg(width, top, about, parts)


def _svg(width: int, height: int, about: str, parts: list[str]) -> str:
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">'
    return "\n".join([head, f"<title>{escape(about)}</title>", f"<style>{_STYLE}</style>", *parts, "</svg>", ""])


def _short(value: float) -> str:
    """Two digits that matter, and none behind the point where there are many before it."""
    if value >= 100:  # noqa: PLR2004 (three digits)
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"  # noqa: PLR2004 (two digits)


def _items(number: int) -> str:
    if number >= 1_000_000:  # noqa: PLR2004
        return f"{number / 1_000_000:g} M"
    return f"{round(number / 1000, 1):g}k" if number >= 1000 else str(number)  # noqa: PLR2004
