"""What campaign.yaml wants of its tables, held against what recipes and questions yield."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from rightskit import yamlfile
from rightskit.campaign.config import FILE_NAME
from rightskit.campaign.tables import CONTROLLER
from rightskit.errors import FaultsError, NotFoundError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from rightskit.campaign.tables import Minimum, Tables
    from rightskit.disclosures.layout import Recipe, Variable
    from rightskit.yamlfile import Section


def check(folder: Path, wanted: Tables, recipes: Sequence[Recipe]) -> None:
    """Demand that there is what the tables are to be made of.

    Raises:
        FaultsError: the minimum is held against something that is no such figure.
        NotFoundError: there is no such variable.
    """
    known = {variable.id: variable for recipe in recipes for variable in recipe.variables}
    named = (wanted.bands, wanted.together, *wanted.crosses, *wanted.over.items())
    for name in chain.from_iterable(named):
        if name not in known:
            hint = yamlfile.did_you_mean(name, known)
            raise NotFoundError(f"campaign.yaml names {name!r} under tables, and no recipe or question has it.", hint)
    if wanted.minimum:
        top = yamlfile.read(folder / FILE_NAME)
        _check_minimum(top.section("minimum"), wanted.minimum, known)
        if top.faults:
            raise FaultsError(top.faults)


def _check_minimum(section: Section, minimum: Minimum, known: Mapping[str, Variable]) -> None:
    figures = {name for name, variable in known.items() if variable.type == "number" and not variable.by}
    name = minimum.variable
    if name not in figures:
        hint = yamlfile.did_you_mean(name, figures)
        section.fault("variable", f"{name!r} is no number of which each member has one", hint)
    elif minimum.unit not in {"", known[name].unit}:
        unit = known[name].unit or "no unit"
        section.fault("unit", f"{name} is in {unit}", f"write the amount in {unit}, or take the unit out")
    divided = {name for name, variable in known.items() if (variable.values or variable.bands) and not variable.by}
    for word in minimum.by:
        if word not in {CONTROLLER, *divided - {name}}:
            hint = yamlfile.did_you_mean(word, {CONTROLLER, *divided - {name}})
            section.fault("by", f"{word!r} has neither a list of values nor bands", hint)
