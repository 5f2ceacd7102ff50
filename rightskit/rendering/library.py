"""The letters that can be written: a campaign's own ones before the shipped ones."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rightskit.errors import Fault, FaultsError, NotFoundError
from rightskit.rendering import strictness, syntax
from rightskit.rendering.template import Template, read

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from pathlib import Path

FALLBACK = "en"
_LETTER = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class Library:
    """Letters in folders of the form ``<language>/<letter>.md``.

    Attributes:
        folders: the first one that has a letter wins, within a language.
    """

    def __init__(self, folders: Sequence[Path]) -> None:
        self.folders = tuple(folders)
        self._read: dict[Path, Template] = {}

    def template(self, letter: str, language: str) -> Template:
        """The letter in a language, else in its main language (``de`` for ``de-AT``), else in English.

        The language that was really found stands in the result.

        Raises:
            NotFoundError: there is no such letter.
            FaultsError: its file is wrong.
        """
        for candidate in dict.fromkeys((language, language.partition("-")[0], FALLBACK)):
            path = self._path(letter, candidate)
            if path is not None:
                return self._template(path, candidate)
        raise NotFoundError(f"There is no letter {letter!r} in {language!r}.", self._hint(letter))

    def languages(self) -> dict[str, list[str]]:
        """Letter -> the languages in which there is a file, unread: a single letter need not wait for all others."""
        found: dict[str, list[str]] = {}
        for path, language in self._files():
            found.setdefault(path.stem, []).append(language)
        return found

    def letters(self, names: Collection[str] | None = None) -> list[Template]:
        """All letters that can be used, or those of some names, by name and language.

        Each comes with the hash that an approval names.

        Files with faults are left out: :meth:`check` tells about them.
        """
        files = ((path, language) for path, language in self._files() if names is None or path.stem in names)
        found = (self._try(path, language) for path, language in files)
        return [template for template, _ in found if template is not None]

    def check(self, wanted: Iterable[tuple[str, str]] = ()) -> list[Fault]:
        """The faults of all letters, and a fault for each wanted pair of letter and language that has no file.

        Here a wanted language does not fall back to English: a campaign wants to know.
        """
        faults = [fault for path, language in self._files() for fault in self._strict(path, language)]
        for letter, language in wanted:
            if not any(self._path(letter, tag) for tag in (language, language.partition("-")[0])):
                place = self.folders[0] / language / f"{letter}.md"
                faults.append(Fault(str(place), None, "there is no such letter", f"write it; {self._hint(letter)}"))
        return faults

    def _path(self, letter: str, language: str) -> Path | None:
        """The file of a letter; names that could lead out of the folders have none."""
        if not (_LETTER.fullmatch(letter) and _LANGUAGE.fullmatch(language)):
            return None
        paths = (folder / language / f"{letter}.md" for folder in self.folders)
        return next((path for path in paths if path.is_file()), None)

    def _files(self) -> Iterator[tuple[Path, str]]:
        """The files of all letters with their languages: the winning one of each."""
        winners: dict[tuple[str, str], Path] = {}
        for folder in self.folders:
            for path in folder.glob("*/*.md"):
                if _LANGUAGE.fullmatch(path.parent.name):
                    winners.setdefault((path.stem, path.parent.name), path)
        return ((path, language) for (_, language), path in sorted(winners.items()))

    def _try(self, path: Path, language: str) -> tuple[Template | None, tuple[Fault, ...]]:
        try:
            return self._template(path, language), ()
        except FaultsError as error:
            return None, error.faults

    def _strict(self, path: Path, language: str) -> list[Fault]:
        """All faults of a file: those that stop a letter, else those that only a check tells."""
        template, faults = self._try(path, language)
        return list(faults) if template is None else [*strictness.faults(template)]

    def _template(self, path: Path, language: str) -> Template:
        if path not in self._read:
            template = read(path, language)
            faults = syntax.faults(template)
            if faults:
                raise FaultsError(faults)
            self._read[path] = template
        return self._read[path]

    def _hint(self, letter: str) -> str:
        known = self.languages()
        if letter in known:
            return f"It exists in: {', '.join(sorted(known[letter]))}."
        return f"There are: {', '.join(sorted(known))}."
