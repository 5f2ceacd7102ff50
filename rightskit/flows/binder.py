"""Exhibits of a dossier as numbered files."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit import texts
from rightskit.rendering.exhibits import marks, stamped
from rightskit.reports.dossier import Exhibit, LeftOut

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from rightskit.flows.exhibits import Candidate


@dataclass(frozen=True, slots=True)
class Written:
    """The exhibits in their folder.

    Attributes:
        left_out: what is not there, and why.
        shown: id of an event -> numbers of the exhibits that show it.
        missing: ids of events of which something that would show them is not there.
    """

    exhibits: tuple[Exhibit, ...]
    left_out: tuple[LeftOut, ...]
    shown: Mapping[int, tuple[int, ...]]
    missing: frozenset[int]


class Binder:
    """Numbers exhibits and writes them into a folder, one after the other."""

    def __init__(self, folder: Path, language: str, most: int) -> None:
        self._folder, self.language = folder, language
        self._inside = texts.text(language, "dossier.folder")
        self._stamps = marks([texts.text(language, "dossier.mark", number=number + 1) for number in range(most)])
        (folder / self._inside).mkdir(mode=0o700)
        self._made: list[Exhibit] = []
        self._left: list[LeftOut] = []
        self._shown: dict[int, tuple[int, ...]] = {}
        self._missing: set[int] = set()

    def add(self, person: int, candidate: Candidate, raw: bytes) -> None:
        """Write an exhibit about a person."""
        number = len(self._made) + 1
        mark = texts.text(self.language, "dossier.mark", number=number)
        content, pages = stamped(raw, self._stamps, number, mark)
        file = f"{self._inside}/{texts.text(self.language, 'dossier.file')}{number:03}.pdf"
        (self._folder / file).write_bytes(content)
        digest = hashlib.sha256(content).hexdigest()
        self._made.append(Exhibit(number, mark, file, candidate.one.title, person, pages, digest))
        self._shown |= {event: (*self._shown.get(event, ()), number) for event in candidate.events}

    def leave_out(self, person: int, candidate: Candidate, why: str) -> None:
        """Note what is not there."""
        reason = texts.text(self.language, f"enclosure.because_{why}")
        said = texts.text(self.language, "enclosure.left_out", what=candidate.one.title, why=reason)
        self._left.append(LeftOut(person, candidate.one.title, reason, said))
        self._missing |= {*candidate.events}

    def written(self) -> Written:
        """All that was added."""
        return Written(tuple(self._made), tuple(self._left), self._shown, frozenset(self._missing))
