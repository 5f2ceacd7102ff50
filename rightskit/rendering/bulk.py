"""Orders -> one printable file, fast: own parts stamped on shared pages, on all cores."""

from __future__ import annotations

import io
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rightskit.errors import RightskitError
from rightskit.rendering import layouts, stamp
from rightskit.rendering.bundle import append
from rightskit.rendering.letter import cut
from rightskit.rendering.pdf import pdf

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pikepdf
    from pikepdf import Page, Pdf

    from rightskit.rendering.layouts import Layout
    from rightskit.rendering.letter import Sheet
    from rightskit.rendering.library import Library
    from rightskit.rendering.model import LetterOrder


@dataclass(frozen=True, slots=True)
class Printed:
    """Letters in one file.

    Attributes:
        pdf: the file; each letter starts on an odd page.
        pages: place of the order -> first and last page, counted from 1, in the order of the file.
        texts: place of the order -> the letter as plain text.
        stopped: place of the order -> why there is no such letter.
    """

    pdf: bytes = field(repr=False)
    pages: Mapping[int, tuple[int, int]]
    texts: Mapping[int, str] = field(repr=False)
    stopped: Mapping[int, str]


def print_all(orders: Sequence[tuple[LetterOrder, str]], library: Library) -> Printed:
    """Put letters on paper, in the order given; one that cannot be written is left out, because.

    Args:
        orders: each with the name of its layout.
        library: where the texts are.
    """
    stopped: dict[int, str] = {}
    groups: dict[tuple[str, str, object], list[tuple[int, Sheet]]] = {}
    for place, (order, layout) in enumerate(orders):
        try:
            sheet = cut(order, library)
            groups.setdefault((layout, sheet.order.language, order.date), []).append((place, sheet))
        except RightskitError as error:
            stopped[place] = str(error)
    made: dict[int, Sequence[Page]] = {}
    with ExitStack() as files:  # pages live as long as the files that they come from
        for (layout, _, _), sheets in groups.items():
            made |= _group(sheets, layouts.named(layout), stopped, files)
        texts = {place: sheet.plain for sheets in groups.values() for place, sheet in sheets if place in made}
        return _one_file(made, texts, stopped)


def _group(
    sheets: Sequence[tuple[int, Sheet]], layout: Layout, stopped: dict[int, str], files: ExitStack
) -> dict[int, Sequence[Page]]:
    """The pages of letters of one layout, language and date."""
    texts: list[stamp.Text] = []
    places: list[int] = []
    letters: list[dict[str, object]] = []
    for place, sheet in sheets:
        text = stamp.text_of(sheet, layout.name)
        try:
            letters.append(stamp.own(sheet, layout, further=_further(text, sheet, layout)))
        except RightskitError as error:
            stopped[place] = str(error)
        else:
            texts.append(text)
            places.append(place)
    if not letters:
        return {}
    document, parts = stamp.own_parts(letters, texts[0])
    unders = [stamp.below(own, text) for own, text in zip(parts, texts, strict=True)]
    if any(under is None and not _FURTHER[text] for under, text in zip(unders, texts, strict=True)):
        _FURTHER.update((text, True) for under, text in zip(unders, texts, strict=True) if under is None)
        return _group(sheets, layout, stopped, files)
    whole = dict(sheets)
    codes = [whole[place].order.reference for place in places]
    stamped = _stamped(document, list(zip(parts, unders, codes, strict=True)), files)
    return {
        place: done or list(_open(pdf(whole[place].letter, layout.name), files).pages)
        for place, done in zip(places, stamped, strict=True)
    }


_FURTHER: dict[stamp.Text, bool] = {}
"""Whether a text took more than one page when it was laid out before."""


def _further(text: stamp.Text, sheet: Sheet, layout: Layout) -> bool:
    if text not in _FURTHER:
        _, (parts,) = stamp.own_parts([stamp.own(sheet, layout, further=True)], text)
        found = stamp.below(parts, text)
        _FURTHER[text] = found is None or found.pages > 1
    return _FURTHER[text]


def _stamped(
    document: Any, letters: Sequence[tuple[Mapping[str, Any], stamp.Shared | None, str]], files: ExitStack
) -> list[Sequence[Page]]:
    """The own parts of each letter on its shared pages; no pages where it does not fit."""
    sheets = [stamp.pages(document, parts, under) if under else [] for parts, under, _ in letters]
    if not any(sheets):
        return [[] for _ in letters]
    own = _open(document.copy([page for pages in sheets for page in pages]).write_pdf(), files)
    forms: dict[int, list[pikepdf.Name]] = {}
    done: list[Sequence[Page]] = []
    at = 0
    for pages, (_, under, reference) in zip(sheets, letters, strict=True):
        made = list(own.pages[at : at + len(pages)])
        at += len(pages)
        if under:
            if id(under) not in forms:
                forms[id(under)] = _forms(own, _open(under.pdf, files), len(forms))
            for page, name in zip(made, forms[id(under)], strict=True):
                code = stamp.code(reference, under) if reference and page is made[0] else b""
                page.contents_add(f"q {name} Do Q\n".encode() + code, prepend=True)
        done.append(made)
    return done


def _forms(own: Pdf, below: Pdf, number: int) -> list[pikepdf.Name]:
    """Bring shared pages into the file of the own parts, under names that all its pages know."""
    import pikepdf  # noqa: PLC0415 (heavy: only where used)

    known = own.pages[0].Resources
    if "/XObject" not in known:
        known.XObject = pikepdf.Dictionary()
    names = []
    for place, page in enumerate(below.pages):
        names.append(pikepdf.Name(f"/Shared{number}x{place}"))
        known.XObject[names[-1]] = own.copy_foreign(page.as_form_xobject())
    return names


def _open(raw: bytes, files: ExitStack) -> Pdf:
    import pikepdf  # noqa: PLC0415 (heavy: only where used)

    return files.enter_context(pikepdf.open(io.BytesIO(raw)))


def _one_file(made: Mapping[int, Sequence[Page]], texts: Mapping[int, str], stopped: Mapping[int, str]) -> Printed:
    import pikepdf  # noqa: PLC0415 (heavy: only where used)

    target = io.BytesIO()
    places: dict[int, tuple[int, int]] = {}
    with pikepdf.new() as whole:
        for place in sorted(made):
            places[place] = append(whole, made[place])
        whole.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return Printed(target.getvalue(), places, texts, stopped)
