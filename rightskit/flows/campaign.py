"""``campaign``: make one from an example, check it, show it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from rightskit import paths
from rightskit.campaign import config
from rightskit.errors import Fault, FaultsError, NotFoundError, RefusedError
from rightskit.flows import registry
from rightskit.flows.recipes import pooled_recipes
from rightskit.flows.workspace import library_for, registry_for
from rightskit.yamlfile import did_you_mean

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from rightskit.campaign.model import Campaign, RequestRule
    from rightskit.rendering.library import Library

_IGNORED = (
    "# Members' data stays out of version control.\nvault.*\n*.db*\n*.vault\n"
    "outbox/\nprint/\nkit/\nquestions/\ninvitations/\npacks/\ndossiers/\nhandover/\nmembers.csv\n"
)


def examples() -> list[str]:
    """The names of the example campaigns."""
    return sorted(path.parent.name for path in paths.shipped("campaigns").glob(f"*/{config.FILE_NAME}"))


def new(example: str, target: Path) -> Path:
    """Copy an example campaign into a new folder and give the folder.

    Raises:
        NotFoundError: there is no such example.
        RefusedError: the folder holds something already.
    """
    source = paths.shipped("campaigns") / example
    if example not in examples():
        raise NotFoundError(f"There is no example campaign {example!r}.", "There are: " + ", ".join(examples()))
    if target.exists() and any(target.iterdir()):
        raise RefusedError(f"{target} is not empty.", "Name a new folder.")
    shutil.copytree(source, target, dirs_exist_ok=True)
    (target / ".gitignore").write_text(_IGNORED, encoding="utf-8")
    return target


def check(folder: Path) -> Campaign:
    """Read a campaign with all that it names.

    Raises:
        FaultsError: with every fault of campaign.yaml, of its letters and of its recipes.
    """
    campaign = config.load(folder, registry_for(folder))
    library = library_for(folder)
    faults = library.check() if (folder / "letters").exists() else []
    faults += missing_letters(folder, campaign, library)
    faults += unknown_details(folder, campaign, library)
    try:
        pooled_recipes(folder, campaign)
    except FaultsError as error:
        faults += error.faults
    if faults:
        raise FaultsError(faults)
    return campaign


def check_controllers(folder: Path, today: dt.date) -> None:
    """Hold the campaign's own controllers to the rules of the registry; warnings are for `controllers check`.

    Raises:
        FaultsError: with every error in them.
    """
    own = folder / "controllers.yaml"
    found = registry.check([own], own, today) if own.exists() else ()
    if errors := [one.fault for one in found if one.rule.severity == "error"]:
        raise FaultsError(errors, "The rules: rightskit controllers check")


def missing_letters(folder: Path, campaign: Campaign, library: Library) -> list[Fault]:
    """A fault for each letter that a rule of the campaign names and that exists in no language."""
    known = {template.letter for template in library.letters(set().union(*map(_letters, campaign.requests)))}
    path, hint = str(folder / config.FILE_NAME), "see: rightskit letters list"
    return [
        Fault(path, rule.line, f"there is no letter {letter!r}", hint, "letter")
        for rule in campaign.requests
        for letter in _letters(rule)
        if letter not in known
    ]


def _letters(rule: RequestRule) -> dict[str, None]:
    """The letters that a rule sends, each once, in its order."""
    return dict.fromkeys(letter for right in rule.rights for letter in rule.letters(right))


def unknown_details(folder: Path, campaign: Campaign, library: Library) -> list[Fault]:
    """A fault for each detail of a rule that none of its letters prints."""
    path = str(folder / config.FILE_NAME)
    faults = []
    for rule in campaign.requests:
        letters = _letters(rule)
        found = library.letters(letters) if rule.details else []
        known = {name for template in found for name in (*template.needs, *template.may_use)} - config.EACH_MEMBERS
        for one in rule.details:
            if found and one.field not in known | config.EACH_MEMBERS:
                hint = did_you_mean(one.field, known) if known else "take it out"
                message = f"{one.field} is no field of the letter {', '.join(sorted(letters))}"
                faults.append(Fault(path, one.line, message, hint, one.field))
    return faults
