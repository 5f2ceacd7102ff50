"""What was measured, as tables of Markdown."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from training.calibration import Judged

Measured = "Sequence[tuple[Judged, bool]]"


def report(measured: Sequence[tuple[Judged, bool]]) -> str:
    """Shares for each language and for all, then what was taken for what."""
    languages = list(dict.fromkeys(one.language for one, _ in measured))
    rows = [_row(language, [pair for pair in measured if pair[0].language == language]) for language in languages]
    head = "| language | messages | primary right | certain | certain and right |\n|---|---|---|---|---|"
    return "\n".join([head, *rows, _row("all", measured), "", *_confusions(measured)])


def _row(name: str, measured: Sequence[tuple[Judged, bool]]) -> str:
    certain = [one for one, sure in measured if sure]
    right, sure = sum(one.right for one, _ in measured), sum(one.right for one in certain)
    number = len(measured)
    of_certain = f"{sure} of {len(certain)}" + (f" ({sure / len(certain):.1%})" if certain else "")
    return f"| {name} | {number} | {right / number:.1%} | {len(certain) / number:.1%} | {of_certain} |"


def _confusions(measured: Sequence[tuple[Judged, bool]]) -> list[str]:
    """One line a kind: how many, how many right, and what the others were taken for."""
    lines = ["| kind | messages | right | taken for |", "|---|---|---|---|"]
    for kind in sorted({one.wanted for one, _ in measured}):
        mine = [one for one, _ in measured if one.wanted == kind]
        wrong = Counter(one.found for one in mine if not one.right)
        named = ", ".join(f"{found} {number}" for found, number in wrong.most_common())
        lines.append(f"| {kind} | {len(mine)} | {sum(one.right for one in mine)} | {named} |")
    return lines
