"""The help, legible on any terminal: light, dark or narrow; imported where help is shown alone, for it loads Rich."""

from __future__ import annotations

from typing import Any

from rich import default_styles
from rich.style import Style
from rich.table import Table
from rich.text import Text
from typer import rich_utils

_TYPES = {"<bool>": "", "<str>": "TEXT", "<int>": "N", "<path>": "PATH", "<list[str]>": "TEXT", "<list[Path]>": "PATH"}


class _Whole(Table):
    """A table that cuts no option's name: what has no room goes on below."""

    def add_row(self, *cells: Any, **how: Any) -> None:
        super().add_row(*cells, **how)
        for column in self.columns:
            column.overflow = "fold"


def make_help_legible() -> None:
    """No black boxes around commands on a light screen, no dim text on a dark one, and no words of a programmer."""
    default_styles.DEFAULT_STYLES["markdown.code"] = Style(bold=True)
    rich_utils.STYLE_HELPTEXT = ""
    rich_utils.RANGE_STRING = ""  # that a number begins at 1 goes without saying
    # Older versions of Typer have no such thing, and need none.
    vars(rich_utils)["types_highlighter"] = _in_words
    vars(rich_utils)["Table"] = _Whole


def _in_words(shown: Text) -> Text:
    """What an option takes, as its reader would call it; a flag takes nothing."""
    return Text(_TYPES.get(shown.plain, shown.plain.strip("<>")), style=shown.style, overflow="fold")
