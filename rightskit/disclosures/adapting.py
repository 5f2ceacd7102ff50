"""What a campaign wants of its tables → the recipes, with other bands, or told apart by time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rightskit.disclosures.layout import Recipe, Rule, Variable


def adapted(recipe: Recipe, bands: Mapping[str, tuple[float, ...]], over: Mapping[str, str]) -> Recipe:
    """The recipe as the tables are to be.

    Args:
        recipe: as it reads documents.
        bands: variable → where one band ends and the next starts, instead of the recipe's own. One variable never has
            two divisions at once: they could be subtracted from each other.
        over: variable → the variable of the same row that tells its tables apart, such as a month.
    """

    def changed(variable: Variable) -> Variable:
        wanted, by = bands.get(variable.id, variable.bands), over.get(variable.id, variable.by)
        return replace(variable, bands=wanted, by=by)

    def told(rule: Rule) -> Rule:
        count = changed(rule.count) if rule.count else None
        variables, totals = tuple(map(changed, rule.variables)), tuple(map(changed, rule.totals))
        return replace(rule, variables=variables, totals=totals, count=count)

    layouts = tuple(replace(layout, rules=tuple(map(told, layout.rules))) for layout in recipe.layouts)
    return replace(recipe, layouts=layouts)
