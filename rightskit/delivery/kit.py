"""Letters -> a folder for a member who sends them: what to sign, what to send, and a note that says how."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rightskit.delivery import folder as folders

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class KitLetter:
    """One letter of a kit.

    Attributes:
        name: of its files: reference and letter.
        pdf: for the post.
        draft: a mail that opens as a draft; empty where the controller or the member has no mail address.
    """

    name: str
    pdf: bytes = field(repr=False)
    draft: bytes = field(default=b"", repr=False)


def write(folder: Path, member: str, note: tuple[str, bytes], letters: Sequence[KitLetter]) -> Path:
    """Write a member's kit into a folder of its own.

    Args:
        folder: of all kits.
        member: the member's id: the name of the folder, and of the note's files.
        note: the covering note as plain text and as PDF.
        letters: what the member sends.
    """
    target = folders.prepare(folder / member)
    text, pdf = note
    files = {f"{member}-note.txt": text.encode(), f"{member}-note.pdf": pdf}
    for letter in letters:
        files[f"{letter.name}.pdf"] = letter.pdf
        if letter.draft:
            files[f"{letter.name}.eml"] = letter.draft
    for name, content in files.items():
        folders.write(target / name, content, flush=False)
    folders.flush_all()
    return target
