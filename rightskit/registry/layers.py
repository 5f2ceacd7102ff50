"""Three layers of one registry: a campaign's own file over the shipped one over what was imported."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rightskit import paths
from rightskit.registry import compiled, load, search

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from rightskit.registry.compiled import Compiled
    from rightskit.registry.load import Written
    from rightskit.registry.model import Controller, Registry

OWN = "campaign"


class Layers(NamedTuple):
    """The registry that a command works with, and what each layer gave to it.

    Attributes:
        below: the shipped file over the import.
        own: the campaign's own file over these; None where it has none.
    """

    below: Compiled
    own: Written | None

    @property
    def registry(self) -> Registry:
        """All records."""
        return self.own.registry if self.own else self.below.registry


def folder() -> Path:
    """Where the import and its index are kept; nothing of the registry is written anywhere else."""
    return paths.data_dir() / "registry"


def known(own: Path | None = None) -> Layers:
    """The registry of this person: the campaign's own file over the shipped one over the import.

    Raises:
        FaultsError: one of the files has faults.
        RightskitError: the import is damaged.
    """
    return open_(folder(), paths.shipped("controllers.yaml"), own)


def open_(imported: Path, shipped: Path, own: Path | None = None) -> Layers:
    """Lay the files over each other.

    Args:
        imported: the folder of the import, whether something was imported or not.
        shipped: the shipped controllers.yaml.
        own: the campaign's; may be missing.

    Raises:
        FaultsError: one of the files has faults.
        RightskitError: the import is damaged.
    """
    below = compiled.open_(imported, shipped)
    return Layers(below, load.over(below.registry, own) if own and own.exists() else None)


def find(layers: Layers, text: str, limit: int) -> list[Controller]:
    """Controllers that a text may mean, best first, at most ``limit``: looked up in the index."""
    controllers = layers.registry.controllers
    own = layers.own.fields if layers.own else {}
    entries = [each for each in layers.below.entries() if each.id not in own]
    entries += [search.entry(controllers[identifier]) for identifier in own if identifier in controllers]
    return [controllers[identifier] for identifier in search.best(entries, text, limit)]


def fields_from(layers: Layers, identifier: str) -> Mapping[str, str]:
    """Field -> the layer that a controller's value came from: ``campaign``, ``shipped`` or ``import``."""
    own = layers.own.fields.get(identifier, ()) if layers.own else ()
    return {**layers.below.fields_from(identifier), **dict.fromkeys(own, OWN)}
