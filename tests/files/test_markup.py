"""Tables of pages and XML documents, and what is refused of them."""

import pytest

from rightskit.files import markup
from rightskit.files.problems import BrokenError, TooLargeError, UnsafeError


def test_the_tables_of_a_page_with_open_cells_and_a_table_inside() -> None:
    page = (
        b"<html><body><table><tr><th>Tag<th>Wert</tr><tr><td>1.2.2025</td><td>3 <b>kWh</b> &amp; mehr</td></tr></table>"
        b"<table><tr><td><table><tr><td>a</td><td>b</td></tr></table></td></tr></table>"
    )
    first, inner, outer = markup.html_tables(page)
    assert (first.header, [row.cells for row in first.rows]) == (("Tag", "Wert"), [("1.2.2025", "3 kWh & mehr")])
    assert inner.header == ("a", "b")
    assert not outer.rows


def test_xml_becomes_lists_of_children() -> None:
    text = '<?xml version="1.0"?><x:feed xmlns:x="urn:x"><entry unit="Wh"><v>1</v><v>2</v></entry><entry/></x:feed>'
    assert markup.xml_value(text.encode()) == {
        "feed": [{"@x": "urn:x", "entry": [{"@unit": "Wh", "v": ["1", "2"]}, ""]}]
    }


BOMB = '<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><b>&b;</b>'
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a SYSTEM "file:///etc/passwd">]><b>&a;</b>'


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (BOMB, UnsafeError),
        (OUTSIDE, UnsafeError),
        ("<a><b></a>", BrokenError),
        ("<a>" * 100_000, TooLargeError),
    ],
)
def test_hostile_xml_is_refused(text: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        markup.xml_value(text.encode())
