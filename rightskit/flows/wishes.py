"""What campaign.yaml wants of its tables, held against what recipes and questions yield."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightskit import yamlfile
from rightskit.campaign.config import FILE_NAME
from rightskit.campaign.tables import CONTROLLER, Tables
from rightskit.errors import FaultsError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from rightskit.campaign.tables import Minimum
    from rightskit.disclosures.layout import Recipe, Variable
    from rightskit.yamlfile import Section


def check(folder: Path, wanted: Tables, recipes: Sequence[Recipe]) -> None:
    """Demand that there is what the tables are to be made of.

    Raises:
        FaultsError: campaign.yaml names what no recipe or question has, or holds what is no figure against a minimum.
    """
    if wanted == Tables():
        return
    known = {variable.id: variable for recipe in recipes for variable in recipe.variables}
    top = yamlfile.read(folder / FILE_NAME)
    for section in top.sections("tables"):
        for key in ("cross", "together", "variable", "over"):
            _check_names(section, key, known)
    if wanted.minimum:
        _check_minimum(top.section("minimum"), wanted.minimum, known)
    if top.faults:
        raise FaultsError(top.faults)


def _check_names(section: Section, key: str, known: Mapping[str, Variable]) -> None:
    for name in section.texts(key):
        if name not in known:
            section.fault(key, f"no recipe or question has {name!r}", yamlfile.did_you_mean(name, known))


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
