"""Which recipe knows a disclosure's layout, and how well."""

from __future__ import annotations

import fnmatch
import unicodedata
from contextlib import nullcontext
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Literal

from rightskit.disclosures.holding import Held
from rightskit.disclosures.reading import stream_view, view
from rightskit.disclosures.tree_stream import TreeStream
from rightskit.disclosures.tree_view import TreeView
from rightskit.disclosures.vocabulary import is_readable
from rightskit.files import archives, pictures, sheets
from rightskit.files.limits import LIMITS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rightskit.disclosures.layout import Layout, Recipe
    from rightskit.disclosures.reading import View
    from rightskit.files.opening import Opener
    from rightskit.files.papers import Reader

# From this share of the required lines, keys or columns on, a file is a changed layout and not an unknown one.
_NEARLY = 0.5
# Formats of which one file holds several tables, each with a layout of its own.
_OF_SEVERAL = frozenset({"html", "xlsx"})


class SourceFile:
    """One file of a disclosure, opened once for each format that a recipe asks for.

    Attributes:
        place: ``entry 2, `` inside an archive, empty for a document alone. The name never goes into it: file names
            hold people's names.
    """

    def __init__(self, place: str, name: str | None, content: bytes | Opener, reader: Reader) -> None:
        self.place = place
        self._reader = reader
        self._name = name
        self._content = content
        self._views: dict[str, View | None] = {}

    def named(self, layout: Layout) -> bool:
        """Whether its path fits one of the layout's names; a document alone has no name that says anything."""
        return not layout.packed if self._name is None else _fits(self._name, layout.names)

    def view(self, form: str) -> View | None:
        """The file opened in a format; None where it is of another.

        Raises:
            FileProblemError: it is of that format, and cannot be opened.
        """
        if form not in self._views:
            opened = None if self._is_photo() else self._opened(form)
            # An empty list says something beside a name alone: every recipe would fit it.
            empty = self._name is None and isinstance(opened, (TreeView, TreeStream)) and opened.is_empty
            self._views[form] = None if empty else opened
        return self._views[form]

    def _opened(self, form: str) -> View | None:
        content = self._content
        return view(form, content, self._reader) if isinstance(content, bytes) else stream_view(form, content)

    def _is_photo(self) -> bool:
        """Whether it is one of the pictures of an archive: they are a person's own, and no letters."""
        content = self._content
        return self._name is not None and isinstance(content, bytes) and pictures.is_picture(content[:512])


@dataclass(frozen=True, slots=True)
class Claim:
    """How well a recipe fits.

    Attributes:
        fit: ``fits``; ``nearly``, which is a layout that changed; ``no``.
        reason: why it fits only nearly; half a sentence.
        files: what is read with which layout.
    """

    recipe: Recipe
    fit: Literal["fits", "nearly", "no"]
    reason: str
    files: tuple[tuple[Layout, SourceFile, View], ...]


def source_files(
    content: bytes | IO[bytes], recipes: Sequence[Recipe], reader: Reader, password: str = ""
) -> tuple[SourceFile, ...]:
    """The document itself, or those files of an archive whose names a recipe knows; the others are not unpacked.

    Raises:
        FileProblemError: the archive cannot be opened, or not safely.
    """
    if not archives.is_archive(start(content)) or sheets.is_workbook(content):
        return (SourceFile("", None, content if isinstance(content, bytes) else alone(content), reader),)
    wanted = sorted({name for recipe in recipes for layout in recipe.layouts for name in layout.names})
    return tuple(_wanted(content, wanted, reader, password.encode()))


def start(content: bytes | IO[bytes]) -> bytes:
    """The first bytes of a document, enough to know an archive by."""
    return content[:512] if isinstance(content, bytes) else _from_start(content).read(512)


def alone(content: IO[bytes]) -> Opener:
    """Opens a document that is in no archive, from its start."""
    return lambda: nullcontext(_from_start(content))


def _from_start(content: IO[bytes]) -> IO[bytes]:
    content.seek(0)
    return content


def _wanted(content: bytes | IO[bytes], names: Sequence[str], reader: Reader, password: bytes) -> Iterator[SourceFile]:
    def is_wanted(path: str) -> bool:
        return is_readable(path) and _fits(_folded(path), names)

    held = Held()
    for entry in archives.all_entries(content, LIMITS, is_wanted, password):
        kept = held.kept(content, entry, password)
        yield SourceFile(f"entry {entry.number}, ", _folded(entry.name), kept, reader)


def _folded(path: str) -> str:
    return unicodedata.normalize("NFC", path).casefold()


def _fits(path: str, names: Sequence[str]) -> bool:
    return any(fnmatch.fnmatchcase(path, name) for name in names)


def claim(recipe: Recipe, files: Sequence[SourceFile]) -> Claim:
    """Compare the files with each layout of a recipe.

    Raises:
        FileProblemError: a file that should be read cannot be opened.
    """
    taken: list[tuple[Layout, SourceFile, View]] = []
    near: list[SourceFile] = []
    missing = False
    for layout in recipe.layouts:
        shares = [(file, opened, _share(layout, opened)) for file, opened in _candidates(layout, files)]
        fitting = [(layout, file, opened) for file, opened, share in shares if share == 1]
        near += [file for file, _, share in shares if _NEARLY <= share < 1]
        missing |= layout.needed and not fitting
        taken += fitting
    read = [file for _, file, _ in taken]
    whole = [file for layout, file, _ in taken if layout.format not in _OF_SEVERAL]
    if len(set(whole)) < len(whole):
        return Claim(recipe, "nearly", "several layouts of the recipe fit one file", ())
    if not set(near).issubset(read):
        return Claim(recipe, "nearly", "some of the required lines, keys or columns are missing", ())
    if taken and missing:
        return Claim(recipe, "nearly", "a needed file is missing", ())
    return Claim(recipe, "fits" if taken else "no", "", tuple(taken))


def _candidates(layout: Layout, files: Sequence[SourceFile]) -> Iterator[tuple[SourceFile, View]]:
    for file in files:
        if file.named(layout) and (opened := file.view(layout.format)):
            yield file, opened


def _share(layout: Layout, opened: View) -> float:
    return opened.found(layout) / (len(layout.require) + len(layout.above))
