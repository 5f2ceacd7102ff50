"""Which recipes read what comes back to a campaign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightskit import paths, yamlfile
from rightskit.campaign import config
from rightskit.disclosures import questionnaire
from rightskit.disclosures import recipe as recipes
from rightskit.disclosures.adapting import adapted
from rightskit.errors import Fault, FaultsError
from rightskit.flows import wishes

if TYPE_CHECKING:
    from pathlib import Path

    from rightskit.campaign.model import Campaign
    from rightskit.disclosures.layout import Recipe


def known_recipes(folder: Path | None) -> tuple[Recipe, ...]:
    """All recipes: those in the folder of a campaign, if there is one, before the shipped ones.

    Raises:
        FaultsError: a recipe is wrong.
    """
    own = folder / "recipes" if folder else None
    return recipes.load([*([own] if own and own.exists() else []), paths.shipped("recipes")])


def campaign_recipes(folder: Path, campaign: Campaign) -> tuple[Recipe, ...]:
    """The recipes that the campaign names, its own before the shipped ones; all of them where it names none.

    Raises:
        FaultsError: a recipe is wrong, or the campaign names one that does not exist.
    """
    known = known_recipes(folder)
    wanted, names = campaign.recipes, [found.id for found in known]
    missing = [name for name in wanted if name not in names]
    if missing:
        path = folder / config.FILE_NAME
        line = yamlfile.read(path).line_of("recipes")
        hints = [yamlfile.did_you_mean(name, names) for name in missing]
        raise FaultsError(
            [
                Fault(str(path), line, f"there is no recipe {name!r}", hint, "recipes")
                for name, hint in zip(missing, hints, strict=True)
            ]
        )
    return tuple(found for found in known if not wanted or found.id in wanted)


def pooled_recipes(folder: Path, campaign: Campaign) -> tuple[Recipe, ...]:
    """What describes the variables of the pool: the recipes, and what members were asked.

    Raises:
        FaultsError: as :func:`campaign_recipes`, or campaign.yaml wants tables of what there is not.
    """
    asked = (questionnaire.recipe(campaign.questionnaire),) if campaign.questionnaire else ()
    known = (*campaign_recipes(folder, campaign), *asked)
    wanted = campaign.tables
    wishes.check(folder, wanted, known)
    bands = {**wanted.bands, **({wanted.minimum.variable: wanted.minimum.bands} if wanted.minimum else {})}
    return tuple(adapted(recipe, bands, wanted.over) for recipe in known)
