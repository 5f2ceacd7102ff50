"""What a campaign wants of its tables: ``tables`` and ``minimum`` in campaign.yaml → Tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rightskit.campaign.questionnaire import rising

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rightskit.yamlfile import Section

CONTROLLER = "controller"
"""Stands in ``by`` for who returned the figure; every other word there is a variable."""
_MARGIN = 20


@dataclass(frozen=True, slots=True)
class Minimum:
    """An amount that a figure is held against, such as an hourly pay against the minimum wage.

    Attributes:
        variable: the figure's id.
        amount: in the figure's unit.
        source: where the amount stands, as readers of the table are told.
        unit: as whoever wrote the amount understood it; empty where it is not said.
        margin: per cent above the amount: up to there a figure is told apart from higher ones.
        by: what tells lines apart: :data:`CONTROLLER`, or a variable, such as a question's.
    """

    variable: str
    amount: float
    source: str
    unit: str = ""
    margin: int = _MARGIN
    by: tuple[str, ...] = ()

    @property
    def bands(self) -> tuple[float, float]:
        """Where a figure is no longer under the amount, and no longer within the margin."""
        return self.amount, round(self.amount * (100 + self.margin) / 100, 2)


@dataclass(frozen=True, slots=True)
class Tables:
    """What a campaign wants of its tables beside those of each variable.

    Attributes:
        crosses: pairs of variables that are set against each other; none: what members gave themselves (the
            questionnaire) against what was inferred of them (scores).
        bands: variable → where one band ends and the next starts, instead of the recipe's.
        over: variable → the variable of the same row that tells its tables apart: a time series over months.
        together: variables of which is told which of their values stand together; values are third parties, mostly.
        minimum: what a figure is held against.
    """

    crosses: tuple[tuple[str, str], ...] = ()
    bands: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    over: Mapping[str, str] = field(default_factory=dict)
    together: tuple[str, ...] = ()
    minimum: Minimum | None = None


def read(top: Section) -> Tables:
    """What campaign.yaml asks for; faults go into the section."""
    crosses: list[tuple[str, str]] = []
    bands: dict[str, tuple[float, ...]] = {}
    over: dict[str, str] = {}
    together: list[str] = []
    for section in top.sections("tables"):
        pair, alike = section.texts("cross"), section.text("together")
        if pair:
            crosses += _cross(section, pair)
        elif alike:
            together.append(alike)
        else:
            name = section.text("variable", required=True)
            bands |= {name: edges} if (edges := rising(section, "bands")) else {}
            over |= {name: time} if (time := section.text("over")) else {}
        section.refuse_unknown()
    minimum = _minimum(top.section("minimum")) if "minimum" in top else None
    if minimum:
        _demand_one_division(top, minimum, bands, over)
    return Tables(tuple(crosses), bands, over, tuple(dict.fromkeys(together)), minimum)


def _cross(section: Section, pair: tuple[str, ...]) -> list[tuple[str, str]]:
    if len(pair) == len(set(pair)) == 2:  # noqa: PLR2004 (rows and columns)
        return [(pair[0], pair[1])]
    section.fault("cross", "cross needs two different variables", "write `cross: [housing, base-score]`")
    return []


def _minimum(section: Section) -> Minimum:
    made = Minimum(
        variable=section.text("variable", required=True),
        amount=_amount(section),
        source=section.text("source", required=True),
        unit=section.text("unit"),
        margin=section.integer("margin", _MARGIN, least=1),
        by=section.texts("by"),
    )
    section.refuse_unknown()
    return made


def _amount(section: Section) -> float:
    text = section.text("amount", required=True)
    try:
        amount = float(text or "1")
    except ValueError:
        amount = 0.0
    if not 0 < amount < float("inf"):
        section.fault("amount", f"amount is {text!r}", "write a number above 0 with a point: `amount: 14.15`")
        return 1.0
    return amount


def _demand_one_division(
    top: Section, minimum: Minimum, bands: Mapping[str, tuple[float, ...]], over: Mapping[str, str]
) -> None:
    """Two divisions of one figure could be subtracted from each other."""
    name = minimum.variable
    if name in bands or name in over:
        word = "bands" if name in bands else "over"
        top.fault("minimum", f"{name} has `{word}` under tables too", f"take out one of them: `{word}` or `minimum`")
