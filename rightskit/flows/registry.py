"""``controllers import``, ``export`` and ``check``: the registry's own verbs. They need no vault."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from rightskit import paths, yamlfile
from rightskit.errors import FaultsError, NotFoundError, RefusedError
from rightskit.registry import check as checking
from rightskit.registry import compiled, layers, load, source, source_records, store
from rightskit.registry.changes import compare, implausible
from rightskit.registry.fetch import fetch, is_url
from rightskit.registry.model import Registry
from rightskit.registry.source_form import Kind

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Sequence

    from rightskit.errors import Fault
    from rightskit.registry.changes import Change
    from rightskit.registry.check import Finding
    from rightskit.registry.source import Source
    from rightskit.registry.source_records import Records


class Proposal(NamedTuple):
    """An import that was read and not taken yet.

    Attributes:
        origin: where it came from, as it was named.
        source: its files.
        records: what can be read of them.
        first: whether nothing was imported before.
        changes: from the present import; empty for the first.
        doubt: why a person should look first; empty where the changes are as usual.
    """

    origin: str
    source: Source
    records: Records
    first: bool
    changes: tuple[Change, ...]
    doubt: str

    @property
    def aside(self) -> tuple[Fault, ...]:
        """Files that cannot be used, with the reason."""
        return (*self.source.faults, *self.records.aside.values())

    @property
    def counts(self) -> dict[str, int]:
        """How many records of each kind can be used."""
        kinds = {f"{kind}": len(there) for kind, there in self.records.by_slug.items()}
        return kinds | {f"{Kind.PACK}": sum(len(file.value) for file in self.records.packs)}


def propose(place: str) -> Proposal:
    """Read the open registry from a folder, an archive or an https address, and compare it with the present import.

    Raises:
        NotFoundError, FileProblemError, FaultsError: as :func:`rightskit.registry.source.read`.
        RemoteError, WrongUsageError: as :func:`rightskit.registry.fetch.fetch`.
    """
    read = source.read(fetch(place) if is_url(place) else Path(place))
    records = source_records.sort(read.files)
    if not records.by_slug[Kind.COMPANY]:
        raise FaultsError([*read.faults, *records.aside.values()], "No record of a company can be read.")
    present = store.files(layers.folder())
    before = source_records.sort(present)
    changes = compare(before, records) if present else ()
    return Proposal(place, read, records, not present, changes, implausible(changes, before))


def take(proposal: Proposal, today: dt.date) -> None:
    """Keep an import in place of the one before, and work out the index."""
    store.save(layers.folder(), proposal.source.files, proposal.origin, today)
    layers.known()


def export(folder: Path) -> int:
    """Write every file of the import into a folder that is missing or empty, byte for byte, and count them.

    Raises:
        NotFoundError: nothing was imported.
        RefusedError: the folder holds something already.
    """
    files = store.files(layers.folder())
    if not files:
        raise NotFoundError("Nothing was imported yet.", "Import it first: rightskit controllers import PATH")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise RefusedError(f"{folder} is not an empty folder.", "Name a new one.")
    for name in {Path(file.path).parent for file in files}:
        (folder / name).mkdir(parents=True, exist_ok=True)
    for file in files:
        (folder / file.path).write_bytes(file.raw)
    return len(files)


def check(files: Sequence[Path], own: Path | None, today: dt.date) -> tuple[Finding, ...]:
    """Check files like code.

    Args:
        files: registry files in YAML, records of the open registry, or that registry as a folder or archive; none
            means the shipped file and the campaign's own.
        own: the campaign's controllers.yaml, or None.
        today: the day on which is checked.
    """
    languages = sorted(path.name for path in paths.shipped("letters").iterdir() if (path / "access.md").exists())
    yaml = [path for path in files if path.suffix in {".yaml", ".yml"}]
    found: list[Finding] = []
    for path in files:
        if path not in yaml:
            found += _check_source(path, today, languages)
    if yaml or not files:
        found += _check_yaml(yaml, own, today, languages)
    return tuple(found)


def _check_yaml(
    files: Sequence[Path], own: Path | None, today: dt.date, languages: Collection[str]
) -> Sequence[Finding]:
    """Files are checked where they will lie, over the shipped one; only what they wrote is reported."""
    base = [paths.shipped("controllers.yaml"), *([own] if own and own.exists() else [])]
    over = [*(path for path in base if not any(_same(path, file) for file in files)), *files]
    try:
        registry = load.load(over, _corrected(over[1:]))
    except FaultsError as error:
        return [checking.Finding(checking.READABLE, "", fault) for fault in error.faults]
    found = checking.findings(registry, today, languages)
    return [finding for finding in found if not files or finding.fault.path in {*map(str, files), "redirects"}]


def _corrected(files: Sequence[Path]) -> Registry:
    """The imported records that the files may correct."""
    ids = {section.text("id") for path in files for section in yamlfile.read(path).sections("controllers")}
    imported = compiled.imported(layers.folder()) if ids else Registry()
    kept = {identifier: record for identifier, record in imported.controllers.items() if identifier in ids}
    return Registry(kept)


def _same(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and one.samefile(other)


def _check_source(path: Path, today: dt.date, languages: Collection[str]) -> Sequence[Finding]:
    """Findings about the registry at a path; of a record in its folder, those about that record."""
    alone = path.is_file() and path.suffix in {".json", ""}
    beside = alone and (path.resolve().parents[1] / "companies").is_dir()
    try:
        read = source.read(path.resolve().parents[1] if beside else path) if beside or not alone else source.one(path)
    except FaultsError as error:
        return [checking.Finding(checking.READABLE, "", fault) for fault in error.faults]
    aside = [checking.Finding(checking.READABLE, "", fault) for fault in read.faults]
    found = [*aside, *checking.source_findings(source_records.sort(read.files), today, languages)]
    name = "/".join(path.resolve().parts[-2:])
    return [finding for finding in found if not beside or finding.fault.path == name]
