"""The commands as ``rightskit --help`` shows them: by what a person wants to do, in the order in which they do it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

PANELS = {
    "At once, with nothing to set up": ("demo", "letter", "explain", "deadline"),
    "A campaign: who asks whom for what": (
        "campaign",
        "members",
        "mandates",
        "controllers",
        "letters",
        "accounts",
        "plan",
    ),
    "Letters out, replies in": ("send", "posted", "sync", "review", "replies", "log", "correct"),
    "How far it is, and what is due": ("status", "due", "ask", "followup", "judge", "redirect"),
    "What came back, and what may be published": (
        "data",
        "pool",
        "report",
        "statement",
        "dossier",
        "export",
    ),
    "The vault, and folders": ("vault", "clean"),
}


def panel_of(name: str) -> str | None:
    """Under which heading a command stands."""
    return next((title for title, names in PANELS.items() if name in names), None)


def in_order(names: Iterable[str]) -> list[str]:
    """The commands as their headings name them."""
    places = [name for own in PANELS.values() for name in own]
    return sorted(names, key=places.index)
