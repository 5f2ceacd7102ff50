"""Whoever follows README.md from top to bottom gets to the end, and every example of the documents and of `--help` runs.

README's lines are typed in order, then the examples in the campaign that they have made. The people, the controllers and
their answers are invented; the mail account lies on loopback.
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

import examples
import pytest
from letterbox import Running
from scenes import Scenes
from shell import Ran, Shell, commands

if TYPE_CHECKING:
    from collections.abc import Iterator

README = Path(__file__).parents[1] / "README.md"
BLOCKS = re.findall(r"^```\n(.*?)^```", README.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
LINES = [line for block in BLOCKS for line in block.splitlines() if line[:1].strip()]
NOT_RUN = {
    "make demo": "it installs packages; what it runs then is tested in tests/cli",
    "make test": "it runs this",
}
PERSON = "Jana Özdemir\nLindenallee 12, 24105 Kiel\n1988-04-09\n"
SAID = {
    "controllers search": "SCHUFA Holding AG",
    "explain access": "Ce que ce droit vous donne",
    "letter access schufa --lang de": r"schufa-access\.pdf is ready",
    "letter access schufa --lang de --me": r"schufa-access\.eml is ready",
    "deadline --received 2026-03-03": "Due by the end of Tuesday, 2026-04-07",
    "campaign new": "my-campaign holds the campaign",
    "members import": "24 members imported",
    "members missing": r"\d members lack something",
    "plan": r"\d\d+ requests planned, \d+ left out",
    "letters approve": r"\d\d texts approved",
    "accounts add": "`account: campaign`",
    "accounts check": "(?s)ok +smtp.*login accepted.*ok +imap.*login accepted",
    "send --to smtp --dry-run": r"\d\d+ letters would leave",
    "send --to outbox": "rightskit posted 2026-03-02-outbox-1",
    "posted": r"\d\d+ letters noted as posted",
    "sync": r"\d\d+ new messages: \d\d+ filed",
    "review": "refusal",
    "log": "refused on 2026-04-01",
    "due": r"\d+ requests want something of you",
    "ask": r"\d+ mails about \d+ requests lie in",
    "followup": r"\d+ letters lie in",
    "judge": r"\d+ demands \(identity\) judged excessive",
    "data add": r"2\d files are kept for 2\d requests, 0 left",
    "data extract": r"\d\d documents: .*\d\d read",
    "data questionnaire": r"\d\d answers of 1\d members kept",
    "pool show": r"1\d members agreed and have data",
    "pool release": r"R\d: \d+ tables",
    "report --lang en": r"report\.html is ready",
    "report --barometer": r"public_html/index\.html is ready",
    "dossier": r"dossiers/schufa-2026-05-04: \d+ people",
    "export": r"R\d: \d+ rows and \d+ files",
    "replies classify": '"kind": "refusal"',
}


@pytest.fixture(scope="module")
def shell(dovecot: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shell]:
    """Where all lines of the README were typed one after the other, up to the first that failed."""
    with pytest.MonkeyPatch.context() as patch, Running(auth_require_tls=False) as box:
        here = Shell(patch, tmp_path_factory.mktemp("home ä"))
        scenes = Scenes(here, dovecot, box.port).before()
        for line in LINES:
            if line.partition("  #")[0].strip() in NOT_RUN:
                continue
            fitting = [name for name in scenes if line.startswith(name)]
            if fitting:
                scenes.pop(max(fitting, key=len))()
            here.ran += here.type(line, PERSON if line.startswith("rightskit letter access") else "")
            if here.ran and here.ran[-1].code:
                break
        yield here


@pytest.fixture
def typed(shell: Shell) -> list[Ran]:
    return shell.ran


def test_every_line_does_what_it_says(typed: list[Ran]) -> None:
    last = typed[-1]
    assert last.code == 0, f"{last.words} gave {last.code}:\n{last.said}"
    ours = [words for line in LINES for words in commands(line) if words[0] == "rightskit"]
    assert [one.words for one in typed] == [shlex.join(words) for words in ours]


def test_it_says_what_a_person_waits_for(typed: list[Ran]) -> None:
    for words, pattern in SAID.items():
        said = [one.said for one in typed if re.match(rf"rightskit {words}( |$)", one.words)]
        assert any(re.search(pattern, text) for text in said), (words, said)


def test_every_example_ends_as_it_should(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """All that the documents and `--help` show, but for what README's lines have shown to work."""
    wrong = [
        f"{line} gave {one.code}:\n{one.said}"
        for line, one in examples.typed_in(shell, monkeypatch)
        if one.code != examples.code(line)
    ]
    assert not wrong, "\n".join(wrong)


def test_an_exception_names_an_example_that_there_is() -> None:
    lines = list(examples.lines())
    for beginning in (*examples.NOT_RUN, *examples.ENDS):
        assert any(line.startswith(beginning) for line in lines), beginning
