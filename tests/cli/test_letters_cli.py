"""``letter`` for every letter to a controller, ``letters show`` and ``letters check``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2
import pytest
from PIL import Image, ImageDraw

if TYPE_CHECKING:
    from pathlib import Path

IMAGE = 3  # FPDF_PAGEOBJ_IMAGE
ME = """\
name: Jana Özdemir
address: [Lindenallee 12, 24105 Kiel]
email: jana@example.org
birthdate: 1988-04-09
reason: Ich werde bedroht.
details:
  rights: [access, erasure]
"""
OWN = """\
---
letter: inquiry
right: access
article: "15"
version: "1"
subject: "Anfrage"
---
Guten Tag {{ sender.nmae }},

{% if birthday %}
wann?
"""


@pytest.fixture
def me(tmp_path: Path) -> Path:
    path = tmp_path / "me.yaml"
    path.write_text(ME, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("letter", "words"),
    [
        ("access", "Art. 15"),
        ("withdrawal", "Art. 7 Abs. 3"),
        ("several", "Bitte bearbeiten Sie meine Anträge in der Reihenfolge"),
        ("objection-situation", "Ich werde bedroht."),
    ],
)
def test_every_letter_to_a_controller_can_be_written_alone(cli, me: Path, letter: str, words: str) -> None:
    said = cli("letter", letter, "schufa", "--lang", "de", "--me", str(me), "--format", "txt")
    assert words in " ".join(said.stdout.split())


@pytest.mark.parametrize(
    ("letter", "hint"),
    [("withdrawl", "did you mean 'withdrawal'?"), ("reminder", "use one of: access, erasure"), ("xyz", "use one of:")],
)
def test_an_unknown_letter_is_told_with_the_nearest(cli, me: Path, letter: str, hint: str) -> None:
    said = cli("letter", letter, "schufa", "--me", str(me), code=2)
    assert f"There is no letter '{letter}' to a controller." in said.output
    assert hint in said.output


def test_the_layout_is_the_countrys_or_the_one_that_is_named(cli, me: Path, tmp_path: Path) -> None:
    made = {}
    for layout in ("", "din5008b", "swissleft"):
        out = tmp_path / f"{layout or 'none'}.pdf"
        cli("letter", "access", "schufa", "--me", str(me), "-o", str(out), *(["--layout", layout] if layout else []))
        made[layout] = out.read_bytes()
    assert made[""] == made["din5008b"] != made["swissleft"]
    said = cli("letter", "access", "schufa", "--me", str(me), "--layout", "din508a", code=2)
    assert "did you mean 'din5008a'?" in said.output


def test_a_signature_beside_me_yaml_is_printed(cli, me: Path, tmp_path: Path) -> None:
    picture = Image.new("L", (400, 120), 255)
    ImageDraw.Draw(picture).line([(10, 100), (200, 20), (390, 90)], fill=0, width=6)
    picture.save(tmp_path / "ink.png")
    cli("letter", "access", "schufa", "--me", me, "-o", tmp_path / "plain.pdf")
    me.write_text(f"{ME}signature: ink.png\n", encoding="utf-8")
    cli("letter", "access", "schufa", "--me", me, "-o", tmp_path / "signed.pdf")
    found = {}
    for name in ("plain", "signed"):
        with pypdfium2.PdfDocument(tmp_path / f"{name}.pdf") as document:
            found[name] = [one for page in document for one in page.get_objects() if one.type == IMAGE]
            last = document[len(document) - 1].get_textpage().get_text_bounded()
        assert last.rstrip().splitlines()[-2].strip() == "Jana Özdemir"
    assert (len(found["plain"]), len(found["signed"])) == (0, 1)


@pytest.mark.parametrize("name", ["gone.png", "me.yaml"])
def test_a_signature_that_is_no_picture_is_named_with_its_line(cli, me: Path, name: str) -> None:
    me.write_text(f"{ME}signature: {name}\n", encoding="utf-8")
    said = cli("letter", "access", "schufa", "--me", me, code=3)
    assert "me.yaml:8 [signature]:" in said.output
    assert "sign by hand" in said.output


def test_a_letter_is_shown_with_its_fields(cli) -> None:
    said = cli("letters", "show", "withdrawal", "--lang", "de").stdout
    for part in ("7(3)", "consents, birthdate, identifiers", "{{ sender.name }}", "Mit freundlichen Grüßen"):
        assert part in said


def test_a_letter_that_a_language_lacks_is_shown_in_another_visibly(cli) -> None:
    assert (
        "There is no such letter in 'nl' yet: this is 'en'." in cli("letters", "show", "several", "--lang", "nl").output
    )


def test_faults_of_an_own_letter_come_with_file_and_line(cli, campaign: Path) -> None:
    folder = campaign / "letters" / "de"
    folder.mkdir(parents=True)
    path = folder / "inquiry.md"
    path.write_text(OWN, encoding="utf-8")
    said = _said(cli, campaign)
    assert f"{path}:12: Unexpected end" in said or f"{path}:11: Unexpected end" in said
    assert "The innermost block that needs to be closed is 'if'" in said
    path.write_text(OWN + "{% endif %}\n", encoding="utf-8")
    said = _said(cli, campaign)
    assert f"{path}:8: sender has no nmae" in said
    assert f"{path}:10: birthday is not declared" in said
    assert f"{path}:4: the letter never names article 15" in said


def _said(cli, campaign: Path) -> str:
    return str(cli("-C", str(campaign), "letters", "check", code=3).output)


STRICT = """\
---
letter: inquiry
right: access
article: "15"
version: "1"
subject: "Anfrage nach Art. 15 DSGVO"
needs: [reason]
may_use: [birthdate, identifiers]
modules: [free-copy]
---
Guten Tag,

geboren am {{ birthdate | longdate }}. {% if identifiers %}{{ identifiers["Nr."] }}{% endif %}

Siehe <b>hier</b> und [dort](https://example.org).

TODO: Schluss 😀
"""


def test_an_own_letter_is_checked_as_strictly_as_the_shipped_ones(cli, campaign: Path) -> None:
    path = campaign / "letters" / "de" / "inquiry.md"
    path.parent.mkdir(parents=True)
    path.write_text(STRICT, encoding="utf-8")
    said = _said(cli, campaign)
    for line, message in (
        (6, "reason is declared and never used"),
        (6, "the module free-copy is declared and never used"),
        (13, "birthdate may be empty and is printed here"),
        (15, "HTML, links and pictures are printed as they stand"),
        (17, "a note to the author stands here"),
        (17, "the shipped fonts have no letter form for U+1F600"),
    ):
        assert f"{path}:{line}: {message}" in said
    assert "identifiers may be empty" not in said
    assert said.count(str(path)) == 6
