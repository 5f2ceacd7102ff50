"""Files behind a letter: whole pages only, each piece on a sheet of its own, nothing on them that loads or runs."""

import io

import pikepdf
import pypdfium2
import pytest

from rightskit.rendering import copies, merging
from rightskit.rendering.copies import copy_of, printable


def blank(number: int) -> bytes:
    target = io.BytesIO()
    with pikepdf.new() as whole:
        for _ in range(number):
            whole.add_blank_page(page_size=(595, 842))
        whole.save(target)
    return target.getvalue()


def locked() -> bytes:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(blank(1))) as whole:
        whole.save(target, encryption=pikepdf.Encryption(owner="o", user="u"))
    return target.getvalue()


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (blank(1), ""),
        (blank(merging.MOST_PAGES), ""),
        (blank(merging.MOST_PAGES + 1), "large"),
        (b"%PDF-1.7\nnothing", "broken"),
        (b"", "broken"),
        (blank(1)[:200], "broken"),
        (locked(), "broken"),
    ],
)
def test_what_can_go_behind_a_letter(raw: bytes, why: str) -> None:
    assert merging.unfit(raw) == why


def test_each_piece_starts_on_a_sheet_of_its_own() -> None:
    letters = blank(6)  # two letters of two pages and of one, each padded as a bundle is
    found = merging.enclosed(letters, [((1, 2), []), ((3, 3), [blank(1), blank(3)]), ((5, 5), [])])
    assert found.pages == ((1, 2), (3, 9), (11, 11))
    with pikepdf.open(io.BytesIO(found.pdf)) as whole:
        assert len(whole.pages) == 11


def test_nothing_on_a_page_links_or_runs() -> None:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(blank(1))) as source:
        action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.launchURL('https://x.example')"))
        source.pages[0].obj["/AA"] = pikepdf.Dictionary(O=action)
        link = pikepdf.Dictionary(Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action)
        source.pages[0].obj["/Annots"] = pikepdf.Array([source.make_indirect(link)])
        source.Root.OpenAction = action
        source.save(target)
    with pikepdf.open(io.BytesIO(merging.joined([target.getvalue(), blank(1)]))) as whole:
        assert len(whole.pages) == 2
        assert "/OpenAction" not in whole.Root
        assert not any(key in page.obj for page in whole.pages for key in ("/AA", "/Annots"))


def test_a_copy_prints_what_was_written_and_loads_nothing() -> None:
    text = "<img src='https://x.example/pixel.png'>\n{{ 7 * 7 }}\n\x00\u200bEnde 😀 שלום"
    raw = copy_of("en", "Enclosure 1: Reply", [("From", "Desk <desk@x.example>")], ["Not enclosed: a.zip"], text)
    with pypdfium2.PdfDocument(raw) as document:
        shown = document[0].get_textpage().get_text_bounded()
    for line in ("<img src='https://x.example/pixel.png'>", "{{ 7 * 7 }}", "Desk <desk@x.example>", "Ende ? ????"):
        assert line in shown
    assert raw == copy_of(
        "en", "Enclosure 1: Reply", [("From", "Desk <desk@x.example>")], ["Not enclosed: a.zip"], text
    )


def test_a_copy_of_an_endless_message_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "LONGEST", 2_000)
    with pypdfium2.PdfDocument(copy_of("en", "Reply", (), (), "x\n" * 2_000)) as document:
        assert len(document) < 30
        assert "[…]" in document[len(document) - 1].get_textpage().get_text_bounded()


def test_line_ends_and_tabs_stay_readable() -> None:
    assert printable("a\r\nb\rc\td\u00ad") == "a\nb\nc    d"
