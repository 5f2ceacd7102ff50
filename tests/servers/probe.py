"""The words in which a test speaks to a small invented campaign, and the stages to which it has come."""

from __future__ import annotations

import datetime as dt
import email
import json
import shutil
from dataclasses import dataclass
from email.policy import default
from typing import TYPE_CHECKING, Any

import lots
import pytest
from probe_texts import ACCOUNTS, IDS, PASSPHRASE, PERSONAL, START
from typer.testing import CliRunner

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from email.message import EmailMessage
    from pathlib import Path

    from typer.testing import Result

    from rightskit.flows.workspace import Workspace
    from rightskit.vault.store import Vault


@dataclass
class Letter:
    """A mail of the campaign, as the controller got it."""

    path: Path
    mail: EmailMessage

    @property
    def id(self) -> str:
        return str(self.mail["Message-ID"])

    @property
    def text(self) -> str:
        body = self.mail.get_body(("plain",))
        assert body
        return str(body.get_content()).replace("\r\n", "\n")

    @property
    def files(self) -> dict[str, bytes]:
        """Name -> bytes of what goes with the mail."""
        return {str(part.get_filename()): part.get_content() for part in self.mail.iter_attachments()}


class Campaign:
    """``campaign("status", code=0)`` runs a command on the folder, on the day that ``on`` has set."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.inbox = folder / "inbox"
        self._monkeypatch = monkeypatch
        self.on(START)

    def on(self, day: str) -> Campaign:
        self._monkeypatch.setenv("RIGHTSKIT_TODAY", day)
        self.day = dt.date.fromisoformat(day)
        return self

    def __call__(self, *words: str | Path, code: int = 0, answers: str | None = None) -> Result:
        result = self.tried(*words, answers=answers)
        assert result.exit_code == code, f"{' '.join(map(str, words))} gave {result.exit_code}:\n{result.output}"
        return result

    def tried(self, *words: str | Path, answers: str | None = None) -> Result:
        """What became of a command, whatever that is."""
        from rightskit.cli.main import app

        result = CliRunner().invoke(app, ["-C", str(self.folder), *map(str, words)], input=answers)
        assert not [word for word in PERSONAL if word in result.output], result.output
        return result

    def json(self, *words: str) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self(*words, "--json").stdout.splitlines()]

    def request(self, member: str, controller: str) -> str:
        return str(self.facts(member, controller)["request"])

    def facts(self, member: str, controller: str) -> dict[str, Any]:
        """The line of ``status --json`` about one request."""
        lines = self.json("status")
        return next(line for line in lines if (line["member"], line["controller"]) == (IDS[member], controller))

    def fact(self, member: str, controller: str) -> tuple[str, str, str, str]:
        """Delivery, clock, answer and the next step of one request."""
        line = self.facts(member, controller)
        return line["delivery"], line["clock"], line["answer"], line["next"]

    def letters(self, letter: str = "access") -> dict[str, Letter]:
        """Reference -> the mail in the outbox."""
        found = sorted((self.folder / "outbox").glob(f"*-{letter}.eml"))
        return {
            path.name[:12]: Letter(path, email.message_from_bytes(path.read_bytes(), policy=default)) for path in found
        }

    def letter(self, member: str, controller: str, letter: str = "access") -> Letter:
        return self.letters(letter)[self.request(member, controller)]

    def arrives(self, *mails: bytes) -> Result:
        """The mails come, and are read."""
        self.inbox.mkdir(exist_ok=True)
        for mail in mails:
            (self.inbox / f"{len(list(self.inbox.iterdir())):03}.eml").write_bytes(mail)
        return self("sync", "--from", self.inbox)

    def filed(self, message_id: str) -> list[dict[str, Any]]:
        """The lines of ``replies list --json`` about one message."""
        return [line for line in self.json("replies", "list") if line["inbound_message_id"] == message_id]

    def events(self, member: str, controller: str) -> list[tuple[str, str]]:
        """Day and kind of each event of one request."""
        from rightskit.vault import requests

        reference = self.request(member, controller)
        with self.vault().read() as connection:
            found = requests.events_by_request(connection, [reference])[reference]
        return [(event.happened.isoformat(), event.kind.value) for event in found]

    def note(self, kind: str, references: Iterable[str], day: str) -> None:
        """One event of many requests, from a file."""
        rows = [f"{reference},{kind},{day},told by mail" for reference in references]
        path = self.folder / f"{kind}.csv"
        path.write_text("\n".join(["request,event,date,evidence", *rows]) + "\n", encoding="utf-8")
        assert f"{len(rows)} events noted." in self.on(day)("log", "--from", path).output

    def shown(self) -> list[str]:
        """The requests whose letters members were shown and have said nothing about."""
        from rightskit.cases.assent import OBJECTION, is_open
        from rightskit.vault import requests

        with self.vault().read() as connection:
            events = requests.events_by_request(connection)
        return [reference for reference, own in events.items() if is_open(own, OBJECTION)]

    def report_nothing(self, day: str) -> None:
        """Every member who was asked says that nothing came."""
        self.note("member-reported", [one["request"] for one in self.json("status") if one["answer"] == "unknown"], day)

    def allow_complaints(self, day: str) -> list[str]:
        """Every member reads the complaints that are due, and says yes; the controllers that they are about."""
        self.on(day)("followup", "--authorise")
        ripe = [one for one in self.json("status") if one["next"] == "complain"]
        self.note("complaint-authorised", [one["request"] for one in ripe], day)
        return sorted({one["controller"] for one in ripe})

    def complain(self, day: str) -> Result:
        """Members and organiser say yes, and all complaints are written."""
        named = self.allow_complaints(day)
        return self("followup", "--all", *(word for name in named for word in ("--complaints", name)))

    def rewrite(self, name: str, *changes: tuple[str, str], more: str = "") -> None:
        """Other words stand in a file of the campaign, and more at its end; what they take the place of was there."""
        path = self.folder / name
        text = path.read_text(encoding="utf-8")
        for before, after in changes:
            assert before in text, f"{name} does not hold {before!r}"
            text = text.replace(before, after)
        path.write_text(text + more, encoding="utf-8")

    def crowd(self, terms: str, rows: Iterable[str], *words: str) -> None:
        """The campaign is another one: on these terms, with these rows of members, and all is planned."""
        (self.folder / "campaign.yaml").write_text(terms, encoding="utf-8")
        (self.folder / "all.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
        self("members", "import", self.folder / "all.csv", *words)
        self("plan")

    def vault(self) -> Vault:
        from rightskit.vault import store

        return store.open_(self.folder, PASSPHRASE)

    def workspace(self) -> Workspace:
        """What a command of the day works on."""
        from rightskit.flows import workspace

        now = dt.datetime.combine(self.day, dt.time(12), dt.UTC)
        return workspace.open_workspace(self.folder, lambda: PASSPHRASE, now, self.day)


def settle(monkeypatch: pytest.MonkeyPatch) -> None:
    """The organiser's own configuration; and what makes a command a second faster, for there are hundreds of them.

    Each would read 10,000 lines of registry, and derive a key in a quarter of a million rounds.
    """
    from rightskit import paths
    from rightskit.vault import store

    monkeypatch.setenv("RIGHTSKIT_PASSPHRASE", PASSPHRASE)
    config = paths.config_dir()
    config.mkdir(parents=True)
    (config / "accounts.yaml").write_text(ACCOUNTS, encoding="utf-8")
    shipped = paths.shipped
    whole = shipped("controllers.yaml").read_text(encoding="utf-8")
    authorities = config / "authorities.yaml"
    authorities.write_text(whole[whole.index("\nauthorities:") :], encoding="utf-8")
    monkeypatch.setattr(paths, "shipped", lambda name: authorities if name == "controllers.yaml" else shipped(name))
    monkeypatch.setattr(store, "_PRAGMAS", ("kdf_iter = 1000", *store._PRAGMAS))


class Stages:
    """Campaigns as far as they have come, each made once; a test works on a copy of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._made: dict[str, Path] = {}
        self._acts: dict[str, str] = {}

    def make(self, name: str, before: str, act: Callable[[Campaign], object]) -> None:
        """What a campaign becomes by an act; one name is one act's, in all files of tests."""
        known = self._acts.setdefault(name, f"{act.__module__}.{act.__qualname__}")
        assert known == f"{act.__module__}.{act.__qualname__}", f"the stage {name} is made by {known} already"
        if name in self._made:
            return
        with pytest.MonkeyPatch.context() as monkeypatch:
            monkeypatch.setenv("RIGHTSKIT_HOME", str(self.folder / f"home of {name}"))
            lots.draw_by(monkeypatch, name)
            settle(monkeypatch)
            act(self.copy(before, self.folder / name, monkeypatch))
        self._made[name] = self.folder / name

    def copy(self, name: str, to: Path, monkeypatch: pytest.MonkeyPatch) -> Campaign:
        if name == "":
            to.mkdir()
            return Campaign(to, monkeypatch)
        return Campaign(shutil.copytree(self._made[name], to), monkeypatch)
