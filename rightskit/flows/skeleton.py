"""``data skeleton`` and ``data drift``: files without their values, and how they differ from what recipes know."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rightskit import paths
from rightskit.disclosures.drift import compare
from rightskit.disclosures.skeleton import Skeleton, skeletons
from rightskit.files.problems import BrokenError, FileProblemError
from rightskit.flows.recipes import campaign_recipes, known_recipes
from rightskit.vault import disclosures

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from rightskit.disclosures.drift import Drift
    from rightskit.disclosures.layout import Recipe
    from rightskit.flows.progress import Track
    from rightskit.flows.workspace import Workspace

_MARK = "rightskit-skeleton"


@dataclass(frozen=True, slots=True)
class Unread:
    """What the campaign's unread documents came to.

    Attributes:
        drifts: difference → number of documents that show it.
        unknown: documents to which no recipe comes near.
        broken: documents that cannot be opened.
    """

    drifts: Counter[Drift]
    unknown: int
    broken: int


def skeleton(path: Path, folder: Path | None) -> tuple[Skeleton, ...]:
    """The skeleton of a file on the disk; of one that is a skeleton itself, what stands in it.

    Raises:
        NotFoundError: there is no such file.
        FileProblemError: it cannot be opened, or not safely.
    """
    return _of(path, known_recipes(folder))


def _of(path: Path, recipes: Sequence[Recipe]) -> tuple[Skeleton, ...]:
    paths.demand_file(path)
    with path.open("rb") as stream:
        if stream.read(len(_MARK) + 20).lstrip().startswith(f'{{"{_MARK}"'.encode()):
            return loads(path.read_text(encoding="utf-8"))
        stream.seek(0)
        return skeletons(stream, recipes)


def dumps(found: Sequence[Skeleton]) -> dict[str, Any]:
    """Skeletons as JSON, which may be sent to whoever writes the recipe."""
    files = [
        {"name": one.name, "format": one.format, "files": one.files, "keys": one.keys, "found": one.found}
        for one in found
    ]
    return {_MARK: 1, "files": files}


def loads(text: str) -> tuple[Skeleton, ...]:
    """Skeletons from what :func:`dumps` made.

    Raises:
        BrokenError: it is not whole.
    """
    try:
        files = json.loads(text)["files"]
        return tuple(
            Skeleton(one["name"], one["format"], one["files"], one["keys"], tuple(one["found"])) for one in files
        )
    except (ValueError, KeyError, TypeError) as error:
        raise BrokenError("The file is no whole skeleton.", "Make it again: rightskit data skeleton --json") from error


def drift(path: Path, folder: Path | None) -> tuple[Drift, ...]:
    """How a file, or a skeleton, differs from the recipes that come near it.

    Raises:
        NotFoundError, FileProblemError: as :func:`skeleton`.
    """
    recipes = known_recipes(folder)
    return compare(_of(path, recipes), recipes)


def unread(workspace: Workspace, track: Track) -> Unread:
    """How the campaign's unread documents differ from its recipes."""
    recipes = campaign_recipes(workspace.folder, workspace.campaign)
    drifts: Counter[Drift] = Counter()
    unknown = broken = 0
    with workspace.vault.read() as connection:
        waiting = disclosures.pending(connection, again=True)
        for key in track(waiting, "documents", len(waiting)):
            try:
                found = compare(skeletons(disclosures.get(connection, key).content, recipes), recipes)
            except FileProblemError:
                broken += 1
                continue
            drifts.update(found)
            unknown += not found
    return Unread(drifts, unknown, broken)
