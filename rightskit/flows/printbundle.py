"""Drafts -> a bundle to print, file by file; what an interruption left undone is done the next time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from rightskit.delivery import message, printing
from rightskit.delivery.model import Outgoing
from rightskit.errors import RightskitError
from rightskit.flows import enclosing
from rightskit.flows.workspace import library_for
from rightskit.rendering.bundle import bundle, parted
from rightskit.rendering.layouts import layout_for
from rightskit.rendering.merging import enclosed
from rightskit.rendering.workers import SHARE, printed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from rightskit.delivery.model import Journal
    from rightskit.flows.dispatch import Draft
    from rightskit.flows.progress import Track
    from rightskit.flows.workspace import Workspace
    from rightskit.rendering.bulk import Printed

    _Laid = tuple[Draft, str, tuple[int, int]]

PER_FILE = 1000
"""Letters in one file of a bundle; after each one the vault knows that its letters are there."""


@dataclass(frozen=True, slots=True)
class Paper:
    """How letters are put on paper.

    Attributes:
        layout: for the window of the sender's envelopes; empty for what is usual in the recipient's country.
        workers: processes; 0 for one per core.
    """

    layout: str = ""
    workers: int = 0


def by_address(draft: Draft) -> tuple[str, str]:
    """What a bundle is sorted by: letters to one address lie together, for one envelope or one tray."""
    return draft.controller, draft.order.reference


@dataclass(frozen=True, slots=True)
class Press:
    """Letters that are due to be printed.

    Attributes:
        drafts: in the order of the bundle.
        begun: reference and letter -> what an interrupted printing kept; its Message-ID holds.
        paper: how.
    """

    workspace: Workspace
    drafts: Sequence[Draft]
    begun: Mapping[tuple[str, str], Outgoing]
    paper: Paper

    def run(self, target: Path, journal: Journal, stopped: dict[str, str], track: Track) -> list[tuple[str, str]]:
        """Write the bundle and give reference and letter of all in it; why one is not in it goes to ``stopped``."""
        number = printing.finished(target, {draft.key for draft in self.drafts})
        orders = [(draft.order, self.paper.layout or layout_for(draft.country)) for draft in self.drafts]
        made = printed(orders, library_for(self.workspace.folder), self.paper.workers)
        sent: list[tuple[str, str]] = []
        for first, shares in _files(track(made, f"letters, {SHARE} at a time", -(-len(orders) // SHARE))):
            stopped |= self._stopped(first, shares)
            pdf, rows, free = self._file(first, shares, journal, stopped)
            if free:
                number += 1
                printing.write_bundle(target, pdf, rows, number)
                journal.done(free)
                sent += [(item.reference, item.letter) for item in free]
        return sent

    def _file(
        self, first: int, shares: Sequence[Printed], journal: Journal, stopped: dict[str, str]
    ) -> tuple[bytes, list[printing.Row], Sequence[Outgoing]]:
        """One file with its list and its letters, without those that must not leave any more."""
        merged = bundle([share.pdf for share in shares])
        starts = [start - 1 for start, _ in merged.pages]
        raw, letters = self._enclosed(merged.pdf, list(self._letters(first, shares, starts)), stopped)
        free = journal.intend([self._item(draft, text) for draft, text, _ in letters])
        leaving = {(item.reference, item.letter) for item in free}
        rows = [_row(draft, *pages) for draft, _, pages in letters if draft.key in leaving]
        if len(rows) < len(letters):
            fresh = bundle(parted(raw, [row.pages for row in rows]))
            raw = fresh.pdf
            rows = [replace(row, pages=pages) for row, pages in zip(rows, fresh.pages, strict=True)]
        return raw, rows, free

    def _stopped(self, first: int, shares: Sequence[Printed]) -> dict[str, str]:
        return {
            self.drafts[first + number * SHARE + place].order.reference: reason
            for number, share in enumerate(shares)
            for place, reason in share.stopped.items()
        }

    def _enclosed(self, raw: bytes, letters: list[_Laid], stopped: dict[str, str]) -> tuple[bytes, list[_Laid]]:
        """The file with what its letters enclose behind each; a letter whose papers cannot be printed is taken out."""
        if not any(one.kind for draft, _, _ in letters for one in draft.order.enclosures):
            return raw, letters
        kept: list[_Laid] = []
        parts: list[tuple[tuple[int, int], list[bytes]]] = []
        for laid in letters:
            draft, _, pages = laid
            try:
                parts.append((pages, enclosing.behind(self.workspace, draft.order)))
                kept.append(laid)
            except RightskitError as error:
                stopped[draft.order.reference] = str(error)
        whole = enclosed(raw, parts)
        return whole.pdf, [(draft, text, pages) for (draft, text, _), pages in zip(kept, whole.pages, strict=True)]

    def _letters(self, first: int, shares: Sequence[Printed], starts: Sequence[int]) -> Iterator[_Laid]:
        """The letters of a file with their texts, and their first and last page in it."""
        for number, (share, start) in enumerate(zip(shares, starts, strict=True)):
            for place, (page_from, page_to) in share.pages.items():
                draft = self.drafts[first + number * SHARE + place]
                yield draft, share.texts[place], (start + page_from, start + page_to)

    def _item(self, draft: Draft, text: str) -> Outgoing:
        """What the vault keeps: not the page, but what stands on it."""
        order, kept = draft.order, self.begun.get(draft.key)
        fresh = message.new_message_id(order.reference, order.letter, self.workspace.account.address)
        return Outgoing(order.reference, order.letter, kept.message_id if kept else fresh, "", text.encode())


def _row(draft: Draft, first: int, last: int) -> printing.Row:
    to = draft.order.recipient
    return printing.Row(*draft.key, draft.controller, to.name, to.address, draft.country, (first, last))


def _files(shares: Iterable[Printed]) -> Iterator[tuple[int, list[Printed]]]:
    """The shares of each file, with the place of the file's first draft."""
    source, first = iter(shares), 0
    while file := list(islice(source, PER_FILE // SHARE)):
        yield first, file
        first += PER_FILE
