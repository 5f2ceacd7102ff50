"""Whoever follows README.md from top to bottom gets to the end: its lines are run here, in order.

The people, the controllers and their answers are invented; the mail account lies on loopback.
"""

from __future__ import annotations

import csv
import datetime as dt
import random
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from letterbox import PASSWORD, Running
from shell import Ran, Shell, commands

from rightskit import paths
from rightskit.flows import demo
from rightskit.simulation import controllers, documents, letterbox, maildir, people

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[1]
BLOCKS = re.findall(r"^```\n(.*?)^```", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
LINES = [line for block in BLOCKS for line in block.splitlines() if line[:1].strip()]
NOT_RUN = {
    "make demo": "it installs packages; what it runs then is tested in tests/cli",
    "make test": "it runs this",
}
ME = "name: Jana Özdemir\naddress: [Lindenallee 12, 24105 Kiel]\nemail: jana@example.org\nbirthdate: 1988-04-09\n"
LETTER = "Jana Özdemir\nLindenallee 12, 24105 Kiel\n1988-04-09\n"
OWN = "you@posteo.de"
WORLD = controllers.World(OWN, demo.SEED, sheets=1)
ANSWERS = ("35 bis 44", "zur Miete", "2", "nein")
REFUSAL = (
    "From: datenschutz@schufa.de\r\nSubject: AW: Auskunft\r\nMessage-ID: <1@schufa.de>\r\n\r\n"
    "Wir lehnen die Erteilung der begehrten Auskunft ab.\r\n"
)


class Scenes:
    """What is there, or happens, before a line of the README is typed: files, mail, days that pass."""

    def __init__(self, shell: Shell, server: Any, smtp_port: int) -> None:
        self.shell = shell
        self._server = server
        self._ports = {"imap": server.port, "smtp": smtp_port}
        self._users = {"imap": "erika", "smtp": "campaign"}

    def me(self) -> None:
        Path("me.yaml").write_text(ME, encoding="utf-8")

    def members(self) -> None:
        people.write_members(Path("members.csv"), 24, demo.SEED)

    def account(self) -> None:
        self.shell.program("pass", PASSWORD)

    def loopback(self) -> None:
        """The provider's servers are those of the test; campaign.yaml names the account, as was said."""
        file = paths.config_dir() / "accounts.yaml"
        text = file.read_text(encoding="utf-8")
        for kind, port in self._ports.items():
            server = f"{{host: 127.0.0.1, port: {port}, user: {self._users[kind]}, security: none-on-loopback}}"
            text = re.sub(rf"    {kind}:\n(      .*\n)+", f"    {kind}: {server}\n", text)
        file.write_text(text, encoding="utf-8")
        self._server.make_folder("Sent")
        with Path("campaign.yaml").open("a", encoding="utf-8") as campaign:
            campaign.write("account: campaign\n")

    def answers(self) -> None:
        """Six weeks pass, and the invented controllers answer."""
        mails = letterbox.read_outbox(Path("outbox"), demo.START)
        coming = list(controllers.answers(mails, WORLD, demo.START, dt.date(2026, 4, 16)))
        maildir.deliver(self.shell.home / "Maildir", ((one.when, raw) for one, raw in coming))
        self.shell.on("2026-04-16")
        heard = {one.mail.reference for one, _ in coming}
        self.shell.names["RK-7G2K-4Q9A"] = next(mail.reference for mail in mails if mail.reference not in heard)

    def downloads(self) -> None:
        """Some members have taken their data from a portal."""
        self.shell.on("2026-05-04")
        for mail in letterbox.read_outbox(Path("outbox"), demo.START):
            if mail.domain == "schufa.de":
                self._download(mail)

    def _download(self, mail: letterbox.Mail) -> None:
        drawn = documents.credit_file(random.Random(mail.reference), dt.date(2026, 5, 1))
        born = mail.birthdate or dt.date(1980, 1, 1)
        whom = documents.Subject(mail.name, born, mail.street, mail.postal_code, mail.city)
        raw = documents.export_zip(whom, drawn, bureau="SCHUFA", reference=mail.reference, on=dt.date(2026, 5, 1))
        place = self.shell.home / "downloads"
        place.mkdir(exist_ok=True)
        (place / f"{mail.reference}.zip").write_bytes(raw)

    def questionnaire(self) -> None:
        asked = ("Wie alt sind Sie?", "Wie wohnen Sie?", "Wie oft sind Sie in den letzten fünf Jahren umgezogen?")
        last = "Wurde Ihnen im letzten Jahr ein Vertrag wegen der Bonität verweigert?"
        with Path("members.csv").open(encoding="utf-8", newline="") as file:
            mails = [row["email"] for row in csv.DictReader(file) if row["email"]]
        with Path("answers.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([("email", *asked, last), *((mail, *ANSWERS) for mail in dict.fromkeys(mails))])

    def reply(self) -> None:
        Path("reply.eml").write_text(REFUSAL, encoding="utf-8", newline="")

    def before(self) -> dict[str, Callable[[], None]]:
        """Beginning of a line -> what comes before it."""
        return {
            "rightskit letter access schufa --lang de --me": self.me,
            "rightskit campaign new": lambda: self.shell.on("2026-03-02"),
            "rightskit members import": self.members,
            "rightskit accounts add": self.account,
            "rightskit accounts check": self.loopback,
            "rightskit sync": self.answers,
            "rightskit ask": lambda: self.shell.on("2026-04-20"),
            "rightskit data add": self.downloads,
            "rightskit data questionnaire": self.questionnaire,
            "rightskit replies classify": self.reply,
        }


SAID = {
    "controllers search": "SCHUFA Holding AG",
    "explain access": "Ce que ce droit vous donne",
    "letter access schufa --lang de": "schufa-access.pdf is ready.",
    "letter access schufa --lang de --me": "schufa-access.eml is ready.",
    "deadline --received 2026-03-03": "Due by the end of Tuesday, 2026-04-07.",
    "campaign new": "my-campaign holds the campaign.",
    "members import": "24 members imported.",
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
    "report --lang en": "report.html is ready",
    "report --barometer": "public_html/index.html is ready",
    "dossier": r"dossiers/schufa-2026-05-04: \d+ people",
    "export": r"R\d: \d+ rows and \d+ files",
    "replies classify": '"kind": "refusal"',
}


@pytest.fixture(scope="module")
def typed(dovecot: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Ran]]:
    """All lines, typed one after the other."""
    with pytest.MonkeyPatch.context() as patch, Running(auth_require_tls=False) as box:
        shell = Shell(patch, tmp_path_factory.mktemp("home ä"))
        scenes = Scenes(shell, dovecot, box.port).before()
        for line in LINES:
            if line.partition("  #")[0].strip() in NOT_RUN:
                continue
            fitting = [name for name in scenes if line.startswith(name)]
            if fitting:
                scenes.pop(max(fitting, key=len))()
            if any(one.code for one in shell.type(line, LETTER if line.startswith("rightskit letter access") else "")):
                break
        yield shell.ran


def test_every_line_does_what_it_says(typed: list[Ran]) -> None:
    last = typed[-1]
    assert last.code == 0, f"{last.words} gave {last.code}:\n{last.said}"
    ours = [words for line in LINES for words in commands(line) if words[0] == "rightskit"]
    assert [one.words for one in typed] == [shlex.join(words) for words in ours]


@pytest.mark.parametrize("words", SAID)
def test_it_says_what_a_person_waits_for(typed: list[Ran], words: str) -> None:
    said = [one.said for one in typed if re.match(rf"rightskit {words}( |$)", one.words)]
    assert any(re.search(SAID[words], text) for text in said), said
