"""What is there, or happens, before lines of the documents are typed: files, mail, days that pass."""

from __future__ import annotations

import csv
import datetime as dt
import random
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from letterbox import PASSWORD

from rightskit import paths
from rightskit.flows import demo
from rightskit.simulation import controllers, documents, letterbox, maildir, people

if TYPE_CHECKING:
    from collections.abc import Callable

    from shell import Shell

ME = "name: Jana Özdemir\naddress: [Lindenallee 12, 24105 Kiel]\nemail: jana@example.org\nbirthdate: 1988-04-09\n"
WORLD = controllers.World("you@posteo.de", demo.SEED, sheets=1)
ASKED = (
    "Wie alt sind Sie?",
    "Wie wohnen Sie?",
    "Wie oft sind Sie in den letzten fünf Jahren umgezogen?",
    "Wurde Ihnen im letzten Jahr ein Vertrag wegen der Bonität verweigert?",
)
ANSWERS = ("35 bis 44", "zur Miete", "2", "nein")
REFUSAL = (
    "From: datenschutz@schufa.de\r\nSubject: AW: Auskunft\r\nMessage-ID: <1@schufa.de>\r\n\r\n"
    "Wir lehnen die Erteilung der begehrten Auskunft ab.\r\n"
)


class Scenes:
    """A campaign of 24 invented members, its mail account on loopback, and invented controllers that answer."""

    def __init__(self, shell: Shell, server: Any, smtp_port: int) -> None:
        self.shell = shell
        self._server = server
        self._ends = {"imap": ("erika", server.port), "smtp": ("campaign", smtp_port)}

    def before(self) -> dict[str, Callable[[], object]]:
        """Beginning of a line -> what comes before it."""
        return {
            "rightskit letter access schufa --lang de --me": lambda: _write("me.yaml", ME),
            "rightskit campaign new": lambda: self.shell.on("2026-03-02"),
            "rightskit members import": lambda: people.write_members(Path("members.csv"), 24, demo.SEED),
            "rightskit accounts add": lambda: self.shell.program("pass", PASSWORD),
            "rightskit accounts check": self._loopback,
            "rightskit sync": self._answers,
            "rightskit ask": lambda: self.shell.on("2026-04-20"),
            "rightskit data add": self._downloads,
            "rightskit data questionnaire": self._questionnaire,
            "rightskit replies classify": lambda: _write("reply.eml", REFUSAL),
        }

    def _loopback(self) -> None:
        """The provider's servers are those of the test; campaign.yaml names the account, as was said."""
        file = paths.config_dir() / "accounts.yaml"
        text = file.read_text(encoding="utf-8")
        for kind, (user, port) in self._ends.items():
            server = f"{{host: 127.0.0.1, port: {port}, user: {user}, security: none-on-loopback}}"
            text = re.sub(rf"    {kind}:\n(      .*\n)+", f"    {kind}: {server}\n", text)
        file.write_text(text, encoding="utf-8")
        self._server.make_folder("Sent")
        with Path("campaign.yaml").open("a", encoding="utf-8") as campaign:
            campaign.write("account: campaign\n")

    def _answers(self) -> None:
        """Six weeks pass, and the invented controllers answer."""
        mails = letterbox.read_outbox(Path("outbox"), demo.START)
        coming = list(controllers.answers(mails, WORLD, demo.START, dt.date(2026, 4, 16)))
        maildir.deliver(self.shell.home / "Maildir", ((one.when, raw) for one, raw in coming))
        self.shell.on("2026-04-16")
        heard = {one.mail.reference for one, _ in coming}
        self.shell.names["RK-7G2K-4Q9A"] = next(mail.reference for mail in mails if mail.reference not in heard)

    def _downloads(self) -> None:
        """Members have taken their data from a portal."""
        self.shell.on("2026-05-04")
        place = self.shell.home / "downloads"
        place.mkdir()
        for mail in letterbox.read_outbox(Path("outbox"), demo.START):
            if mail.domain == "schufa.de":
                (place / f"{mail.reference}.zip").write_bytes(export(mail))

    def _questionnaire(self) -> None:
        with Path("members.csv").open(encoding="utf-8", newline="") as file:
            mails = dict.fromkeys(row["email"] for row in csv.DictReader(file) if row["email"])
        with Path("answers.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([("email", *ASKED), *((mail, *ANSWERS) for mail in mails)])


def export(mail: letterbox.Mail) -> bytes:
    """What a bureau's portal gives to the person who wrote a letter."""
    drawn = documents.credit_file(random.Random(mail.reference), dt.date(2026, 5, 1))
    born = mail.birthdate or dt.date(1980, 1, 1)
    whom = documents.Subject(mail.name, born, mail.street, mail.postal_code, mail.city)
    return documents.export_zip(whom, drawn, bureau="SCHUFA", reference=mail.reference, on=dt.date(2026, 5, 1))


def _write(name: str, text: str) -> None:
    Path(name).write_text(text, encoding="utf-8", newline="")
