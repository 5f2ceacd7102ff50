"""A picture drawn by matplotlib → SVG that stands inside a page.

Text stays text, in the fonts of the page. On a screen its colours are those of the page's stylesheet, so that they
follow light and dark; on paper they are written out, since WeasyPrint's pictures know nothing of the stylesheet. It
carries no ids of matplotlib's, no addresses, and neither a date nor chance: the same figures give the same bytes.
"""

from __future__ import annotations

import io
import re
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INKS = {
    "ink": "#16181d",
    "accent": "#14599d",
    "second": "#a34708",
    "muted": "#595e68",
    "rule": "#cdd1d7",
    "track": "#e9ebee",
    "paper": "#ffffff",
}
"""What each colour of the stylesheet is on paper. No two are alike: on a screen the names take their place."""
SHEET = "Sheet"
"""The font on paper, as ``paper.css`` calls it."""
_SVG = "{http://www.w3.org/2000/svg}"
_UNIT = 72
"""Units of a picture in an inch of matplotlib's, so that its points are units too."""
_FONT = re.compile(r"'DejaVu Sans'[^;]*")
_SETTINGS: dict[Any, Any] = {
    "axes.axisbelow": True,
    "axes.edgecolor": INKS["rule"],
    "axes.facecolor": "none",
    "axes.labelcolor": INKS["muted"],
    "axes.spines.left": False,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "font.family": "DejaVu Sans",  # comes with matplotlib: sizes are the same on every machine
    "font.size": 12,
    "grid.color": INKS["rule"],
    "grid.linewidth": 1,
    "svg.fonttype": "none",
    "svg.hashsalt": "rightskit",
    "text.parse_math": False,
    "xtick.color": INKS["muted"],
    "xtick.major.pad": 7,
    "xtick.major.size": 0,
    "ytick.color": INKS["muted"],
    "ytick.major.pad": 7,
    "ytick.major.size": 0,
}


@cache
def _figure_class() -> type[Figure]:
    """Matplotlib with our settings, whatever a ``matplotlibrc`` says; it is loaded where something is drawn."""
    import matplotlib as mpl  # noqa: PLC0415 (heavy: only where used)
    from matplotlib.figure import Figure  # noqa: PLC0415 (likewise)

    mpl.rcdefaults()
    mpl.rcParams.update(_SETTINGS)
    return Figure


def blank(width: int, height: int) -> tuple[Figure, Axes]:
    """An empty picture that its axes fill, without anything of theirs to be seen.

    It is the same one each time for the same size, emptied: making axes takes twice as long as drawing on them.
    """
    figure, axes = _blank(width, height)
    for part in (*axes.patches, *axes.lines, *axes.texts):
        part.remove()
    return figure, axes


@cache
def _blank(width: int, height: int) -> tuple[Figure, Axes]:
    figure = _figure_class()(figsize=(width / _UNIT, height / _UNIT), dpi=_UNIT)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    return figure, axes


def framed(width: int, height: int) -> Figure:
    """An empty picture whose axes will leave room for what is written around them."""
    return _figure_class()(figsize=(width / _UNIT, height / _UNIT), dpi=_UNIT, layout="constrained")


def svg(figure: Figure, attributes: str, *, paper: bool, said: str = "") -> str:
    """The picture as an element of HTML.

    Args:
        figure: from :func:`blank` or :func:`framed`.
        attributes: of the element, beside its measures.
        paper: whether it is for WeasyPrint.
        said: elements for who does not see it.
    """
    drawn = _drawn(figure)
    if paper:
        drawn = _FONT.sub(f"'{SHEET}'", drawn)
    else:
        drawn = _FONT.sub("inherit", drawn)
        for name, colour in INKS.items():
            drawn = drawn.replace(colour, f"var(--{name})")
    width, height = (round(_UNIT * side) for side in figure.get_size_inches())
    return f'<svg {attributes} viewBox="0 0 {width} {height}" stroke-linejoin="round">{said}{drawn}</svg>'


def named(name: str, title: str, text: str) -> tuple[str, str]:
    """Attributes and elements that say what a picture shows to who does not see it.

    Args:
        name: that nothing else on the page has.
        title: of the picture.
        text: what it shows.
    """
    attributes = f'role="img" aria-labelledby="{name}-name {name}-text"'
    title, text = escape(title), escape(text)
    return attributes, f'<title id="{name}-name">{title}</title><desc id="{name}-text">{text}</desc>'


def _drawn(figure: Figure) -> str:
    """What matplotlib draws, without its frame: what is around it would style the whole page."""
    figure.patch.set_visible(False)
    raw = io.StringIO()
    figure.savefig(raw, format="svg")
    group = ET.fromstring(raw.getvalue()).find(f"{_SVG}g")  # noqa: S314 (from our own process)
    assert group is not None  # noqa: S101 (matplotlib always draws a figure)
    for part in group.iter():
        for name in ("id", "clip-path"):  # nothing is drawn beyond the axes that must not be seen
            part.attrib.pop(name, None)
        part.tag = part.tag.removeprefix(_SVG)
    return re.sub(r">\s+<", "><", ET.tostring(group, encoding="unicode"))
