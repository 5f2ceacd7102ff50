"""Which recipe knows a disclosure's layout, and how well."""

from __future__ import annotations

import fnmatch
import unicodedata
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Literal

from rightskit.disclosures.reading import view
from rightskit.disclosures.tree_view import TreeView
from rightskit.files import archives, pictures, sheets
from rightskit.files.limits import LIMITS
from rightskit.files.problems import TooLargeError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rightskit.disclosures.layout import Layout, Recipe
    from rightskit.disclosures.reading import View
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

    def __init__(self, place: str, name: str | None, content: bytes, reader: Reader) -> None:
        self.place = place
        self._reader = reader
        self._name = name
        self._content = content
        self._views: dict[str, View | None] = {}

    def named(self, names: Sequence[str]) -> bool:
        """Whether its path fits one of the patterns; a document alone has no name that says anything."""
        return self._name is None or _fits(self._name, names)

    def view(self, form: str) -> View | None:
        """The file opened in a format; None where it is of another.

        Raises:
            FileProblemError: it is of that format, and cannot be opened.
        """
        if form not in self._views:
            opened = None if self._is_photo() else view(form, self._content, self._reader)
            # An empty list says something beside a name alone: every recipe would fit it.
            empty = self._name is None and isinstance(opened, TreeView) and not opened.value
            self._views[form] = None if empty else opened
        return self._views[form]

    def _is_photo(self) -> bool:
        """Whether it is one of the pictures of an archive: they are a person's own, and no letters."""
        return self._name is not None and pictures.is_picture(self._content[:512])


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
    if not isinstance(content, bytes):
        if not archives.is_archive(content.read(512)):
            raise TooLargeError("part", LIMITS.part, "The file has too many bytes")
    elif not archives.is_archive(content[:512]) or sheets.is_workbook(content):
        return (SourceFile("", None, content, reader),)
    wanted = sorted({name for recipe in recipes for layout in recipe.layouts for name in layout.names})
    return tuple(_wanted(content, wanted, reader, password.encode()))


def _wanted(content: bytes | IO[bytes], names: Sequence[str], reader: Reader, password: bytes) -> Iterator[SourceFile]:
    held = 0
    for entry in archives.entries(content, LIMITS, lambda path: _fits(_folded(path), names), password):
        held += len(entry.content)
        if held > LIMITS.part:
            raise TooLargeError("part", LIMITS.part, "The files that recipes know have too many bytes together")
        yield SourceFile(f"entry {entry.number}, ", _folded(entry.name), entry.content, reader)


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
        if file.named(layout.names) and (opened := file.view(layout.format)):
            yield file, opened


def _share(layout: Layout, opened: View) -> float:
    return opened.found(layout) / (len(layout.require) + len(layout.above))
