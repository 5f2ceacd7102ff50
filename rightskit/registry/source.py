"""The open registry of datenanfragen.de as it arrives: a folder, a .tar.gz or a .zip, read with limits.

Its records are JSON files in four folders: ``companies``, ``supervisory-authorities``, ``obsolete-records`` and
``company-packs``; the letters that records may ask for stand in ``templates``, licence and schemas at the top. All of
these are kept byte for byte. Whatever else an archive holds is left out. Nothing is written here, and nothing that a
file claims about itself is believed.
"""

from __future__ import annotations

import os
import re
import stat
from typing import TYPE_CHECKING, NamedTuple

from rightskit.errors import Fault, FaultsError, NotFoundError
from rightskit.files import archives
from rightskit.files.limits import Limits
from rightskit.registry.source_form import Kind, SourceFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

# The whole source is 3,250 files of 2.2 MB; its longest record has 7,550 bytes.
LIMITS = Limits(entries=50_000, depth=1, ratio=250, size=64 * 1024 * 1024)
RECORD_SIZE = 256 * 1024

_FOLDERS = {
    "companies": Kind.COMPANY,
    "supervisory-authorities": Kind.AUTHORITY,
    "obsolete-records": Kind.OBSOLETE,
    "company-packs": Kind.PACK,
}
_TOP = re.compile(r"LICENSE|schema[a-z-]*\.json")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,199}")
_TEMPLATE = re.compile(r"templates/[a-z]{2}/[A-Za-z0-9._-]{1,200}\.txt")


class Source(NamedTuple):
    """All that was read.

    Attributes:
        files: in the order of their paths.
        faults: of files that are not taken at all: links, odd names, files that are too long.
    """

    files: tuple[SourceFile, ...]
    faults: tuple[Fault, ...]


def read(place: Path | bytes) -> Source:
    """Read the source from its folder or archive.

    Args:
        place: where the folder or the archive lies; or the archive's bytes.

    Raises:
        NotFoundError: there is nothing at that place.
        FileProblemError: the archive is damaged, holds links or paths that lead outside, or goes beyond a limit.
        FaultsError: no record of a company stands in it.
    """
    faults: list[Fault] = []
    if isinstance(place, bytes):
        found = list(_in_archive(place, faults))
    elif place.is_dir():
        found = list(_in_folder(place, faults))
    elif place.is_file():
        found = list(_in_archive(place, faults))
    else:
        raise NotFoundError(f"There is no folder or archive {place}.")
    files = {file.path: file for file in found}
    if not any(file.kind is Kind.COMPANY for file in found):
        name = "the download" if isinstance(place, bytes) else str(place)
        hint = "give the folder that holds `companies`, or its .tar.gz or .zip"
        raise FaultsError([*faults, Fault(name, None, "no record of a company stands in it", hint)])
    return Source(tuple(files[path] for path in sorted(files)), tuple(faults))


def one(path: Path) -> Source:
    """Read one record that lies by itself: the folder around it says what it is, else it is a company's."""
    faults: list[Fault] = []
    kind = _FOLDERS.get(path.resolve().parent.name, Kind.COMPANY)
    taken = _accepted(f"companies/{path.name}", path.stat().st_size, faults)
    return Source((SourceFile(str(path), kind, path.read_bytes()),) if taken else (), tuple(faults))


def kind_of(path: str) -> Kind | None:
    """What a file below the source's top folder is, going by its place; None where it is no part of the registry."""
    folder, _, name = path.rpartition("/")
    if folder in _FOLDERS:
        return _FOLDERS[folder]
    if _TEMPLATE.fullmatch(path):
        return Kind.TEMPLATE
    return Kind.OTHER if not folder and _TOP.fullmatch(name) else None


def _in_archive(content: Path | bytes, faults: list[Fault]) -> Iterator[SourceFile]:
    seen: set[str] = set()
    for entry in archives.entries(content, LIMITS):
        path = _below_top(entry.name)
        if path in seen:
            faults.append(Fault(_shown(path), None, "stands twice in the archive", "the first one is taken"))
        elif file := _accepted(path, len(entry.content), faults):
            seen.add(path)
            yield SourceFile(path, file, entry.content)


def _below_top(name: str) -> str:
    """Archives of a repository have one more folder around everything."""
    first, _, rest = name.partition("/")
    known = first in _FOLDERS or first == "templates"
    return rest if rest and not known else name


def _in_folder(top: Path, faults: list[Fault]) -> Iterator[SourceFile]:
    inner = [path for path in top.iterdir() if (path / "companies").is_dir()]
    top = inner[0] if not (top / "companies").is_dir() and len(inner) == 1 else top
    for path in _walk(top, faults):
        name = path.relative_to(top).as_posix()
        kind = _accepted(name, path.stat().st_size, faults)
        if kind:
            yield SourceFile(name, kind, path.read_bytes()[: RECORD_SIZE + 1])


def _walk(top: Path, faults: list[Fault]) -> Iterator[Path]:
    """The plain files of the known folders; links and devices are not followed."""
    count = 0
    languages = [path.name for path in _children(top / "templates")]
    for folder in ["", *_FOLDERS, *(f"templates/{language}" for language in languages)]:
        for path in _children(top / folder):
            count += 1
            if count > LIMITS.entries:
                fault = Fault(str(top), None, f"holds more than {LIMITS.entries:,} files", "give the registry's folder")
                raise FaultsError([fault])
            mode = path.lstat().st_mode
            if stat.S_ISREG(mode):
                yield path
            elif not stat.S_ISDIR(mode) and folder:
                name = _shown(path.relative_to(top).as_posix())
                faults.append(Fault(name, None, "is a link or a device", "put the record itself there"))


def _children(folder: Path) -> Iterable[Path]:
    """What stands in a folder, sorted; nothing where it is none or a link to one."""
    if not folder.is_dir() or folder.is_symlink():
        return ()
    with os.scandir(folder) as found:
        return [folder / name for name in sorted(item.name for item in found)]


def _accepted(path: str, size: int, faults: list[Fault]) -> Kind | None:
    """What a file is; None, and a fault where it should have been a record, if it is not taken."""
    kind = kind_of(path)
    if kind is None:
        return None
    if not _NAME.fullmatch(path.rpartition("/")[2]):
        faults.append(Fault(_shown(path), None, "has an odd name", "name it after its slug: schufa.json"))
        return None
    if size > RECORD_SIZE:
        message = f"has {size:,} bytes; a record has at most {RECORD_SIZE:,}"
        faults.append(Fault(_shown(path), None, message, "look into it by hand"))
        return None
    return kind


def _shown(path: str) -> str:
    """A path as it may be printed: ASCII and short."""
    return ascii(path[-100:])[1:-1]
