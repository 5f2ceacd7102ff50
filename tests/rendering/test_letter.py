"""An order becomes a letter: its words, its values as they are, its faults with their place."""

from __future__ import annotations

import datetime as dt
import re
from html import unescape
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rightskit.errors import FaultsError
from rightskit.rendering import environment, markdown
from rightskit.rendering.errors import MissingFieldError, UnprintableFieldError
from rightskit.rendering.html import html
from rightskit.rendering.letter import render
from rightskit.rendering.library import Library
from rightskit.rendering.model import Enclosure, LetterOrder, Party

if TYPE_CHECKING:
    from pathlib import Path

    from rightskit.rendering.model import Letter

ANNA = Party("Anna Muster", ("Musterweg 1", "12345 Musterstadt"), "anna@example.org")
OFFICE = Party("Beispiel GmbH", ("Postfach 1", "54321 Beispielstadt"))
HOSTILE = (
    "*Anna* _B_ <script>alert(1)</script> {{ x }} {% if %} ${y} [a](b) `c` &amp; 1. # > | \\ ~~s~~ https://x.example"
)


def write(tmp_path: Path, body: str, front: str = "", language: str = "de") -> Library:
    folder = tmp_path / language
    folder.mkdir(exist_ok=True)
    matter = dedent(front).strip() if "subject" in front else f'subject: "Auskunft"\n{dedent(front).strip()}'
    text = f'---\nletter: probe\nversion: "1"\n{matter}\n---\n{dedent(body)}'
    (folder / "probe.md").write_text(text, encoding="utf-8")
    return Library([tmp_path])


def order(**changes: object) -> LetterOrder:
    values = {"letter": "probe", "language": "de", "date": dt.date(2026, 3, 3), "sender": ANNA, "recipient": OFFICE}
    return LetterOrder(**(values | changes))  # type: ignore[arg-type]


def rendered(tmp_path: Path, body: str, front: str = "", **changes: object) -> Letter:
    return render(order(**changes), write(tmp_path, body, front))


def test_a_whole_letter(tmp_path: Path) -> None:
    letter = rendered(
        tmp_path,
        """\
        Guten Tag,

        ich bitte um **Auskunft** nach Art. 15 DSGVO über alle Daten, die Sie über mich
        verarbeiten{% if birthdate %} (geboren am {{ birthdate | longdate }}){% endif %}

        - Name: {{ sender.name }}
        {% for name, value in identifiers.items() %}
        - {{ name }}: {{ value }}
        {% endfor %}
        {% if "score" in modules %}

        Bitte nennen Sie auch jeden Score.
        {% endif %}

        | Merkmal | Betrag |
        |---|---:|
        | Gebühr | {{ fee | money }} |
        | Anzahl | {{ count | number }} |

        Mit freundlichen Grüßen
        """,
        """\
        needs: [fee, count]
        may_use: [birthdate, identifiers]
        modules: [score]
        """,
        reference="RK-7Q2M-X9KD",
        fields={
            "birthdate": dt.date(1990, 1, 2),
            "identifiers": {"Kundennummer": "12"},
            "fee": 12.5,
            "count": 1234.5,
            "unasked": "never printed",
        },
        modules=("score", "other"),
        enclosures=(Enclosure("Vollmacht"),),
    )
    assert letter.subject == "Auskunft [RK-7Q2M-X9KD]"
    assert letter.version == "1"
    assert letter.text == dedent("""\
        Guten Tag,

        ich bitte um Auskunft nach Art. 15 DSGVO über alle Daten, die Sie über
        mich verarbeiten (geboren am 2. Januar 1990)

        - Name: Anna Muster
        - Kundennummer: 12

        Bitte nennen Sie auch jeden Score.

        Merkmal   Betrag
        -------  -------
        Gebühr   12,50\N{NO-BREAK SPACE}€
        Anzahl   1.234,5

        Mit freundlichen Grüßen

        Anna Muster
        Musterweg 1
        12345 Musterstadt

        Mein Zeichen: RK-7Q2M-X9KD

        Anlagen:
        - Vollmacht
        """)
    assert "<strong>Auskunft</strong> nach Art.\N{NO-BREAK SPACE}15" in letter.body


def test_an_absent_optional_field_leaves_no_trace(tmp_path: Path) -> None:
    letter = rendered(
        tmp_path,
        """\
        - eins
        {% if birthdate %}- {{ birthdate }}
        {% endif %}{% for name, value in identifiers.items() %}- {{ name }}
        {% endfor %}
        - zwei

        Ende{% if birthdate %} mit Datum{% endif %}
        und Schluss
        """,
        "may_use: [birthdate, identifiers]",
    )
    assert letter.text.startswith("- eins\n- zwei\n\nEnde und Schluss\n\nAnna Muster")


def test_markup_in_values_stays_literal_everywhere(tmp_path: Path) -> None:
    letter = rendered(
        tmp_path,
        """\
        {{ sender.name }}

        - {{ details }}

        | Feld |
        |---|
        | {{ identifiers["Nummer"] }} |

        **{{ details }}** {{ sender.address | join(", ") }}
        """,
        'subject: "Von {{ sender.name }}"\nneeds: [details, identifiers]\n',
        sender=Party(HOSTILE, (HOSTILE,)),
        fields={"details": HOSTILE, "identifiers": {"Nummer": HOSTILE}},
    )
    assert letter.subject == f"Von {HOSTILE}"
    unwrapped = " ".join(letter.text.split())
    assert unwrapped.count(HOSTILE) == 7  # five in the body, two below it
    escaped = HOSTILE.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert letter.body.count(escaped) == 5
    assert f"<strong>{escaped}</strong>" in letter.body
    assert "<script" not in letter.body
    assert "<a" not in letter.body
    assert "<script" not in html(letter)


# Marks, digits and signs of Markdown, HTML and Jinja2 in every mixture.
@given(st.text(alphabet="*_`#>-+|\\[](){}<>&;!~=%.:/ \"'019ab", min_size=1).filter(str.strip))
def test_any_value_comes_out_as_it_went_in(value: str) -> None:
    for frame in ("{}", "- {}", "# {}", "| a |\n|---|\n| {} |", "x **{}** y", "> {}", "1. {}"):
        (block,) = markdown.blocks(frame.replace("{}", f"{environment.OPEN}0{environment.CLOSE}"), (value,))
        assert value in [unescape(text) for text in re.split("<[^>]*>", block.html)]
    assert "".join(block.plain.split()) == "1." + "".join(value.split())


def test_a_text_of_several_lines_keeps_them(tmp_path: Path) -> None:
    letter = rendered(
        tmp_path, "{{ reason }}\n", "needs: [reason]", fields={"reason": "Erstens\n# Zweitens\n\n- Drittens"}
    )
    assert letter.text.startswith("Erstens\n# Zweitens\n\n- Drittens\n\nAnna")
    assert "Erstens<br />\n# Zweitens<br />" in letter.body
    assert "<h1>" not in letter.body


def test_wrapping_never_cuts_a_reference_or_a_long_word(tmp_path: Path) -> None:
    word = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverleihungsurkundenbeglaubigung"
    letter = rendered(tmp_path, f"{'x ' * 33}RK-7Q2M-X9KD {word}\n")
    assert "\nRK-7Q2M-X9KD\n" in letter.text
    assert word in letter.text


def test_a_wide_table_becomes_lines(tmp_path: Path) -> None:
    letter = rendered(tmp_path, f"| Zweck | Grund |\n|---|---|\n| {'a ' * 30} | {'b ' * 30} |\n")
    assert letter.text.startswith("Zweck: a a")
    assert "\nGrund: b b" in letter.text


@pytest.mark.parametrize("empty", [None, "", "   ", {}, []])
def test_a_missing_field_names_letter_and_field(tmp_path: Path, empty: object) -> None:
    with pytest.raises(MissingFieldError, match=r"probe needs the field sent_on") as caught:
        rendered(tmp_path, "{{ sent_on }}\n", "needs: [sent_on]", fields={"sent_on": empty})
    assert (caught.value.letter, caught.value.field, caught.value.exit_code) == ("probe", "sent_on", 3)


def test_zero_and_no_are_values(tmp_path: Path) -> None:
    front = "needs: [fee, extended]"
    letter = rendered(
        tmp_path, "{{ fee }}{% if not extended %} nein{% endif %}\n", front, fields={"fee": 0, "extended": False}
    )
    assert letter.text.startswith("0 nein\n")


def test_a_nameless_sender_writes_no_letter(tmp_path: Path) -> None:
    with pytest.raises(MissingFieldError, match=r"sender\.name"):
        rendered(tmp_path, "x\n", sender=Party(" "))


@pytest.mark.parametrize(
    ("character", "code"),
    [
        ("\x00", "U+0000"),
        ("\x1b", "U+001B"),
        ("\r", "U+000D"),
        ("\t", "U+0009"),
        ("\N{ZERO WIDTH SPACE}", "U+200B"),
        ("\N{RIGHT-TO-LEFT OVERRIDE}", "U+202E"),
        ("\N{SOFT HYPHEN}", "U+00AD"),
        ("\N{ZERO WIDTH NO-BREAK SPACE}", "U+FEFF"),
        ("\N{LINE SEPARATOR}", "U+2028"),
        ("\N{HANGUL FILLER}", "U+3164"),
        (environment.OPEN, "U+E000"),
    ],
)
def test_an_invisible_character_is_refused_without_quoting_the_value(tmp_path: Path, character: str, code: str) -> None:
    for changes, name in (
        ({"fields": {"reason": f"Geheim{character}nis"}}, "reason"),
        ({"fields": {"identifiers": {"Nummer": f"Geheim{character}nis"}}}, "identifiers"),
        ({"sender": Party(f"Geheim{character}nis")}, "sender.name"),
        ({"recipient": Party("x", (f"Geheim{character}nis",))}, "recipient.address"),
        ({"enclosures": (Enclosure(f"Geheim{character}nis"),)}, "enclosures"),
    ):
        with pytest.raises(UnprintableFieldError) as caught:
            rendered(tmp_path, "x\n", "may_use: [reason, identifiers]", **changes)
        assert caught.value.field == name
        assert code in str(caught.value)
        assert "Geheim" not in str(caught.value)


def test_one_line_means_one_line(tmp_path: Path) -> None:
    with pytest.raises(UnprintableFieldError, match=r"sender\.name: it must stand on one line"):
        rendered(tmp_path, "x\n", sender=Party("Anna\nBcc: evil@example.org"))


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("eins\n\n{{ item.missing }}\n", "something is used here that the data do not have"),
        ("eins\n\n{{ item }}\n", "a value is printed here that is no text"),
        ("eins\n\n{{ item | longdate }}\n", "longdate takes a date"),
        ("eins\n\n{{ item + 1 }}\n", r"the letter fails here \(TypeError\)"),
        ("eins\n\n{{ item.__class__ }}\n", r"the letter fails here \(SecurityError\)|do not have"),
    ],
)
def test_a_failing_letter_names_file_and_line_but_no_value(tmp_path: Path, body: str, message: str) -> None:
    with pytest.raises(FaultsError, match=message) as caught:
        rendered(tmp_path, body, "needs: [item]", fields={"item": {"name": "Geheimnis"}})
    (fault,) = caught.value.faults
    assert (fault.path, fault.line) == (str(tmp_path / "de" / "probe.md"), 9)
    assert "Geheimnis" not in str(fault)


def test_the_language_that_was_used_is_visible(tmp_path: Path) -> None:
    library = write(tmp_path, "Dear {{ recipient.name }}, {{ date | longdate }}\n", language="en")
    letter = render(order(language="el"), library)
    assert letter.order.language == "en"
    assert letter.text.startswith("Dear Beispiel GmbH, 3 March 2026\n")


def test_a_page_that_stands_alone_loads_and_runs_nothing(tmp_path: Path) -> None:
    page = html(rendered(tmp_path, "Guten Tag\n", reference="RK-7Q2M-X9KD"))
    assert "default-src 'none'" in page
    assert "<p>Guten Tag</p>" in page
    assert "RK-7Q2M-X9KD" in page
    assert not any(word in page for word in ("src=", "href=", "url(", "<script", "http://", "https://"))
