"""``data extract FILE``: on a member's own machine, without campaign and vault; only the observations leave it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit import paths, yamlfile
from rightskit.campaign import config
from rightskit.delivery import folder as folders
from rightskit.disclosures import exchange
from rightskit.disclosures import extract as reading
from rightskit.disclosures.keys import WITHHELD, Keys
from rightskit.disclosures.model import Disclosure
from rightskit.errors import Fault, FaultsError, NotFoundError
from rightskit.files.limits import LIMITS
from rightskit.flows.recipes import known_recipes
from rightskit.yamlfile import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from rightskit.disclosures.layout import Recipe


@dataclass(frozen=True, slots=True)
class Found:
    """What was read from a file.

    Attributes:
        table: the observations as CSV.
        observations: how many.
        recipe: id and version of what read it.
        doubtful: place and reason of each value that is left out, because a person must look at it.
        withheld: what is not in it, because no campaign was named: titles of numbers that a household shares.
    """

    table: str
    observations: int
    recipe: str
    doubtful: tuple[tuple[str, str], ...]
    withheld: tuple[str, ...]


def extract(path: Path, recipe: str, folder: Path | None, campaign: str, password: Callable[[], str]) -> Found:
    """Read one file with one recipe, or with the only one that fits.

    Args:
        path: the document.
        recipe: id; empty for whichever fits.
        folder: of a campaign whose recipes are known too.
        campaign: its slug, for which shared numbers are sealed; empty: that of the folder, if there is one.
        password: asked for where the document is locked.

    Raises:
        NotFoundError: there is no such file or recipe.
        FaultsError: the file is not read; the reason is said.
    """
    known = _chosen(known_recipes(folder), recipe)
    keys = Keys(campaign or (yamlfile.read(folder / config.FILE_NAME).text("slug") if folder else ""))
    paths.demand_file(path)
    with path.open("rb") as stream:
        name = hashlib.file_digest(stream, "sha256").hexdigest()
        stream.seek(0)
        content = stream.read() if path.stat().st_size <= LIMITS.part else stream
        disclosure = Disclosure(name, "", "", "", path.name, "application/octet-stream", content)
        found = reading.extract(disclosure, known, keys)
        if found.outcome == "locked":
            found = reading.extract(disclosure, known, keys, password())
    if found.outcome != "read":
        raise FaultsError([Fault(str(path), None, found.reason)], "See: rightskit data drift FILE")
    doubtful = tuple((one.observation.place, f"{one.observation.variable}:{one.why}") for one in found.doubtful)
    missing = {one.variable for one in found.observations if one.value == WITHHELD}
    titles = {variable.id: variable.title for each in known for variable in each.variables if variable.id in missing}
    table = exchange.dumps(found.observations)
    return Found(table, len(found.observations), found.recipe, doubtful, tuple(titles.values()))


def write(path: Path, table: str) -> None:
    """Put the table into place, whole or not at all, readable by its owner alone."""
    folders.write(path, table.encode())


def _chosen(known: Sequence[Recipe], recipe: str) -> Sequence[Recipe]:
    chosen = [one for one in known if recipe in {"", one.id, one.name}]
    if not chosen:
        hint = did_you_mean(recipe, [one.id for one in known])
        raise NotFoundError(f"There is no recipe {recipe!r}.", hint)
    return chosen
