"""What a person alone gets, with no set-up at all."""

import email
import io
import sys
from email.policy import default
from pathlib import Path

import pytest

ME = """\
name: Jana Özdemir
address: [Lindenallee 12, 24105 Kiel]
email: jana@example.org
birthdate: 1988-04-09
"""


@pytest.fixture
def me(tmp_path: Path) -> Path:
    path = tmp_path / "me.yaml"
    path.write_text(ME, encoding="utf-8")
    return path


def test_a_letter_as_text(cli, me: Path) -> None:
    text = cli("letter", "access", "schufa", "--lang", "de", "--me", me, "--format", "txt").output
    assert text.startswith("Sehr geehrte Damen und Herren,")
    assert "Geburtsdatum: 9. April 1988" in text
    assert "Art. 15" in text
    assert text.rstrip().endswith("24105 Kiel")


def test_a_letter_as_pdf(cli, me: Path, tmp_path: Path) -> None:
    cli("letter", "access", "schufa", "--lang", "de", "--me", me, "-o", tmp_path / "a.pdf")
    import pypdfium2

    with pypdfium2.PdfDocument(tmp_path / "a.pdf") as pdf:
        text = pdf[0].get_textpage().get_text_bounded()
    assert "SCHUFA Holding AG" in text
    assert "Jana Özdemir" in text
    assert (tmp_path / "a.pdf").stat().st_mode & 0o777 == 0o600


def test_a_letter_as_a_draft_for_the_own_mail_program(cli, me: Path, tmp_path: Path) -> None:
    cli("letter", "access", "schufa", "--lang", "fr", "--me", me, "--format", "eml", "-o", tmp_path / "a.eml")
    mail = email.message_from_bytes((tmp_path / "a.eml").read_bytes(), policy=default)
    assert mail["X-Unsent"] == "1"
    assert mail["From"] == "Jana Özdemir <jana@example.org>"
    assert mail["To"] == "datenschutz@schufa.de"
    assert "RGPD" in mail["Subject"]


def test_a_letter_as_a_page(cli, me: Path, tmp_path: Path) -> None:
    cli("letter", "access", "schufa", "--lang", "en", "--me", me, "--format", "html", "-o", tmp_path / "a.html")
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "Jana Özdemir" in page


def test_the_dialogue_asks_only_for_what_this_controller_needs(cli) -> None:
    answers = "Jana Özdemir\nLindenallee 12, 24105 Kiel\n9.4.1988\n1988-04-09\n"
    said = cli("letter", "access", "schufa", "--lang", "de", answers=answers)
    assert "Your name" in said.output
    assert "date of birth" in said.output
    assert "phone" not in said.output
    assert "That is no date" in said.output
    assert Path("schufa-access.pdf").read_bytes().startswith(b"%PDF")


def test_a_language_that_is_missing_is_said(cli, me: Path) -> None:
    said = cli("letter", "access", "schufa", "--lang", "xx", "--me", me, "--format", "txt")
    assert "no such letter in 'xx' yet: written in 'en'" in said.output


@pytest.mark.parametrize(
    ("wrong", "right", "sentence"),
    [
        ("birthdate: 1988-04-09", "birthdate: 9.4.1988", "me.yaml:4 [birthdate]: birthdate is '9.4.1988'"),
        ("name: Jana", "nmae: Jana", "did you mean 'name'?"),
        ("email:", "email", "me.yaml:4: not valid YAML"),
    ],
)
def test_a_fault_in_me_yaml_has_its_line(cli, me: Path, wrong: str, right: str, sentence: str) -> None:
    me.write_text(ME.replace(wrong, right), encoding="utf-8")
    assert sentence in cli("letter", "access", "schufa", "--me", me, code=3).output


def test_a_field_that_the_letter_needs_is_named(cli, me: Path) -> None:
    said = cli("letter", "rectification", "schufa", "--me", me, "--format", "txt", code=3)
    assert "rectification" in said.output
    assert "corrections" in said.output


def test_details_fill_what_the_letter_needs(cli, me: Path) -> None:
    me.write_text(ME + "details:\n  corrections:\n    - {wrong: Kiehl, right: Kiel}\n", encoding="utf-8")
    text = cli("letter", "rectification", "schufa", "--lang", "en", "--me", me, "--format", "txt").output
    assert "Kiehl" in text


def test_an_unknown_controller(cli, me: Path) -> None:
    assert "did you mean 'schufa'?" in cli("letter", "access", "schuffa", "--me", me, code=4).output


def test_a_missing_folder(cli, me: Path) -> None:
    assert "There is no folder" in cli("letter", "access", "schufa", "--me", me, "-o", "none/a.pdf", code=4).output


@pytest.mark.parametrize("language", ["de", "fr", "en"])
def test_every_right_is_explained(cli, language: str) -> None:
    from rightskit.rights import Right

    for right in Right:
        assert len(cli("explain", right, "--lang", language).output.splitlines()) > 20


def test_an_explanation_in_another_language(cli) -> None:
    assert "There are: de, en, fr" in cli("explain", "access", "--lang", "fi", code=4).output


def test_the_clock_can_be_set(cli, me: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RIGHTSKIT_TODAY", "soon")
    assert "RIGHTSKIT_TODAY is 'soon'" in cli("letter", "access", "schufa", "--me", me, code=2).output


def test_a_bug_leaves_a_report_without_personal_data(cli, me: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from rightskit import paths
    from rightskit.flows import letter

    def broken(*_: object) -> None:
        raise KeyError("Jana Özdemir")

    monkeypatch.setattr(letter, "template", broken)
    said = cli("letter", "access", "schufa", "--me", me, code=1)
    assert "a bug (KeyError)" in said.output
    report = (paths.state_dir() / "last-bug.txt").read_text(encoding="utf-8")
    assert "letter" in report
    assert "Jana" not in report + said.output


def test_ctrl_c_ends_with_130(cli, me: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from rightskit.flows import letter

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(letter, "template", interrupted)
    assert "interrupted" in cli("letter", "access", "schufa", "--me", me, code=130).output
    assert not Path("schufa-access.pdf").exists()


class Terminal(io.StringIO):
    """A person at a keyboard."""

    def isatty(self) -> bool:
        return True


def test_a_command_of_the_demo_asks_nobody_even_on_a_terminal(monkeypatch) -> None:
    from rightskit.cli import single

    keyboard, found = Terminal(), []
    monkeypatch.setattr(sys, "stdin", keyboard)
    monkeypatch.setattr(single, "_commands", lambda: lambda words: found.append((words, sys.stdin.isatty())))
    assert single._run_here(["review"], {}, False) == (0, "")
    assert found == [(["review"], False)]
    assert sys.stdin is keyboard
