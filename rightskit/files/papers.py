"""The lines of a paper: of a PDF with text as they stand there, of a scan or a photo as Tesseract reads them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rightskit.files import ocr, pdftext, pictures, upright
from rightskit.files.limits import LIMITS
from rightskit.files.problems import BrokenError, ScanError, TooLargeError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PIL import Image

    from rightskit.files.ocr import Word

# A page with fewer letters is a picture with a stamp or a page number, if it holds a picture at all.
_FEW = 40
_MOST_OBJECTS = 2_000
_IMAGE = 3  # FPDF_PAGEOBJ_IMAGE
# Between words the gap is a third of a line's height; from this on it parts two cells of a table.
_CELL_GAP = 0.9


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One line.

    Attributes:
        text: its cells parted by two spaces.
        box: left, top, right, bottom in points of A4, from the upper left; None where it is the text of a PDF.
        sure: of a line that was read from a picture: where each word starts and ends, and its confidence from 0 to 1.
    """

    text: str
    box: tuple[int, int, int, int] | None = None
    sure: tuple[tuple[int, int, float], ...] = ()


Page = tuple[PaperLine, ...]


class Reader:
    """Reads papers in some languages; each paper once, however often it is asked for."""

    def __init__(self, spoken: Sequence[str] = ()) -> None:
        """Take BCP 47 codes of the languages in which the papers may be; none: all that Tesseract has of ours."""
        self._spoken = spoken
        self._read: dict[str, tuple[Page, ...]] = {}

    def pages(self, content: bytes) -> tuple[Page, ...]:
        """The pages of a PDF or a picture.

        Raises:
            ScanError: no page has text, and Tesseract is not there to read them.
            TooLargeError: too many pages, or too many of them are pictures.
            LockedError, BrokenError: as :func:`rightskit.files.pdftext.pages`.
        """
        key = hashlib.sha256(content).hexdigest()
        if key not in self._read:
            self._read[key] = self._pdf(content) if pdftext.is_pdf(content) else self._photo(content)
        return self._read[key]

    def _pdf(self, content: bytes) -> tuple[Page, ...]:
        texts = pdftext.pages(content)
        made = [tuple(PaperLine(line) for line in text.splitlines()) for text in texts]
        bare = [number for number, text in enumerate(texts) if len(text.strip()) < _FEW]
        try:
            for number, picture in _scanned(content, bare):
                made[number] = self._picture(picture) or made[number]
        except ScanError:
            if not any(made):
                raise
        return tuple(made)

    def _photo(self, content: bytes) -> tuple[Page, ...]:
        frames = pictures.frames(content)
        if isinstance(frames, str):
            raise BrokenError(f"The picture cannot be read: {frames}.")
        return tuple(self._picture(frame) for frame in frames)

    def _picture(self, picture: Image.Image) -> Page:
        return tuple(lines(ocr.words(picture, ocr.languages(self._spoken))))


def is_paper(head: bytes) -> bool:
    """Whether the first bytes (1,024 or more) are those of a PDF, a JPEG, a PNG or a TIFF."""
    return pdftext.is_pdf(head) or pictures.is_picture(head)


def lines(words: Sequence[Word]) -> Iterator[PaperLine]:
    """The lines that words stand on, from top to bottom; one of dashes alone is a rule, or the edge of the paper."""
    found: list[list[Word]] = []
    for word in sorted(words, key=_middle):
        if not found or not _beside(found[-1][0], word):
            found.append([])
        found[-1].append(word)
    made = (_line(each) for each in found)
    return (line for line in made if any(map(str.isalnum, line.text)))


def _middle(word: Word) -> float:
    return (word.box[1] + word.box[3]) / 2


def _height(word: Word) -> float:
    return word.box[3] - word.box[1]


def _beside(first: Word, other: Word) -> bool:
    return abs(_middle(first) - _middle(other)) < max(_height(first), _height(other)) / 2


def _line(found: Sequence[Word]) -> PaperLine:
    words = sorted(found, key=lambda word: word.box[0])
    height = max(map(_height, words))
    text, sure, end = "", [], words[0].box[0]
    for word in words:
        if text:
            text += "  " if word.box[0] - end > _CELL_GAP * height else " "
        sure.append((len(text), len(text) + len(word.text), word.confidence))
        text, end = text + word.text, word.box[2]
    sides = list(zip(*(word.box for word in words), strict=True))
    box = (round(min(sides[0])), round(min(sides[1])), round(max(sides[2])), round(max(sides[3])))
    return PaperLine(text, box, tuple(sure))


def _scanned(content: bytes, numbers: Sequence[int]) -> Iterator[tuple[int, Image.Image]]:
    """Those of some pages of a PDF that hold a picture, drawn large enough to be read.

    Raises:
        TooLargeError: they are too many.
    """
    if not numbers:
        return
    document = pdftext.opened(content)
    try:
        found = [number for number in numbers if _holds_picture(document[number])]
        if len(found) > LIMITS.scans:
            raise TooLargeError("scans", LIMITS.scans, "The PDF has too many pages without text")
        for number in found:
            page = document[number]
            yield number, page.render(scale=upright.SIDE / max(1.0, *page.get_size()), grayscale=True).to_pil()
            page.close()
    finally:
        document.close()


def _holds_picture(page: Any) -> bool:
    return any(True for _, _ in zip(range(_MOST_OBJECTS), page.get_objects(filter=(_IMAGE,)), strict=False))
