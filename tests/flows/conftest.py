"""A small invented campaign, and the words in which a test speaks to it."""

from __future__ import annotations

import datetime as dt
import email
import json
import shutil
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP, default
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from typer.testing import Result

    from rightskit.vault.store import Vault

PASSPHRASE = "six invented words for a test"
ADDRESS = "campaign@mitmachen.example"
START = "2026-03-02"

ACCOUNTS = f"""\
accounts:
  campaign:
    address: {ADDRESS}
    plus: true
"""

CAMPAIGN = """\
slug: probe
title: Was wissen sie?
organiser:
  name: Initiative Mitmachen
  email: hallo@mitmachen.example
  address: [Marktplatz 1, 28195 Bremen]
ways: [own-name]
account: campaign
requests:
  - rights: [access]
    controllers: [nordlicht, suedstern, papierwerk]
consent:
  version: "1"
  scopes: [statistics]
  text: Ich bin einverstanden.
recipes: [de-credit-score-sheet, de-credit-bureau-export]
threshold: 3
"""

# nordlicht needs a date of birth; papierwerk takes paper only.
CONTROLLERS = """\
controllers:
  - id: nordlicht
    name: Auskunftei Nordlicht GmbH
    country: DE
    subdivision: HH
    categories: [credit-bureau]
    address: [Deichstraße 5, 20459 Hamburg, Deutschland]
    email: datenschutz@nordlicht.example
    domains: [nordlicht.example]
    languages: [de]
    identify_by: [{field: name}, {field: address}, {field: birthdate}]
    channels: [email, post]
    authority: de-hh-hmbbfdi
    sources: [https://nordlicht.example/datenschutz]
    checked: 2026-02-01
    quality: verified
  - id: suedstern
    name: Südstern Versand AG
    country: DE
    subdivision: HE
    categories: [mail-order]
    address: [Sternweg 8, 65183 Wiesbaden, Deutschland]
    email: auskunft@suedstern.example
    domains: [suedstern.example]
    languages: [de]
    identify_by: [{field: name}, {field: address}]
    channels: [email, post]
    authority: de-he-hbdi
    sources: [https://suedstern.example/datenschutz]
    checked: 2026-02-01
    quality: verified
  - id: papierwerk
    name: Papierwerk Inkasso KG
    country: DE
    subdivision: BY
    categories: [debt-collection]
    address: [Mühlgasse 3, 80331 München, Deutschland]
    domains: [papierwerk.example]
    languages: [de]
    identify_by: [{field: name}, {field: address}]
    channels: [post]
    refuses: [email]
    authority: de-by-lda
    sources: [https://papierwerk.example/datenschutz]
    checked: 2026-02-01
    quality: verified
"""

# Gaps: emre lets answers come to himself and did not agree to pooling, tamar gave no date of birth, hanna no mandate.
MEMBERS = """\
member,given_name,family_name,street,postal_code,city,country,email,birthdate,mandate_date,receive_date,consent_version,consent_scope
MJANA0001,Jana,Özdemir,Lindenallee 12,24105,Kiel,DE,jana@heimpost.example,1988-04-09,2026-02-20,2026-02-20,1,statistics
MPETRA002,Petra,Wiśniewska,Fährgasse 7,20457,Hamburg,DE,petra@heimpost.example,1975-11-30,2026-02-20,2026-02-20,1,statistics
MZEHRA003,Zehra,Yıldız,Isarufer 40,80469,München,DE,zehra@heimpost.example,1993-01-17,2026-02-20,2026-02-20,1,statistics
MEMRE0004,Emre,Lindqvist,Kornmarkt 2,60311,Frankfurt am Main,DE,emre@heimpost.example,1969-08-02,2026-02-20,,,
MTAMAR005,Tamar,Nowakowski,Rosenweg 9,01067,Dresden,DE,tamar@heimpost.example,,2026-02-20,2026-02-20,1,statistics
MHANNA006,Hanna,Moreau,Bergstraße 31,70173,Stuttgart,DE,hanna@heimpost.example,1990-12-24,,,,
"""
IDS = {"jana": "MJANA0001", "petra": "MPETRA002", "zehra": "MZEHRA003", "emre": "MEMRE0004", "tamar": "MTAMAR005"}
# Whatever of a member must not stand in any line of a command: names, streets, mail addresses.
PERSONAL = (
    *("Jana", "Petra", "Zehra", "Emre", "Tamar", "Hanna", "heimpost"),
    *("Özdemir", "Wiśniewska", "Yıldız", "Lindqvist", "Nowakowski", "Moreau"),
    *("Lindenallee", "Fährgasse", "Isarufer", "Kornmarkt", "Rosenweg", "Bergstraße"),
)


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
        return self

    def __call__(self, *words: str | Path, code: int = 0, answers: str | None = None) -> Result:
        from rightskit.cli.main import app

        result = CliRunner().invoke(app, ["-C", str(self.folder), *map(str, words)], input=answers)
        assert result.exit_code == code, f"{' '.join(map(str, words))} gave {result.exit_code}:\n{result.output}"
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
        return {path.name[:12]: Letter(path, _read(path.read_bytes())) for path in found}

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

    def vault(self) -> Vault:
        from rightskit.vault import store

        return store.open_(self.folder, PASSPHRASE)


def _settle(monkeypatch: pytest.MonkeyPatch) -> None:
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


def _read(raw: bytes) -> EmailMessage:
    return email.message_from_bytes(raw, policy=default)


@pytest.fixture
def reply() -> Any:
    """``reply("desk@controller.example", "words", day="2026-03-10")``: the bytes of a mail."""
    return _mail


def _mail(  # noqa: PLR0913 (what a mail is made of)
    sender: str,
    text: str,
    *,
    day: str,
    to: str = ADDRESS,
    subject: str = "AW: Ihre Anfrage",
    answers: Letter | None = None,
    name: str = "m1",
    headers: Iterable[tuple[str, str]] = (),
    files: Iterable[tuple[str, bytes]] = (),
) -> bytes:
    """A controller's mail; ``<name@reply.example>`` is its Message-ID."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = sender
    mail["To"] = to
    mail["Subject"] = subject
    mail["Date"] = format_datetime(dt.datetime.fromisoformat(f"{day}T10:00:00+01:00"))
    mail["Message-ID"] = f"<{name}@reply.example>"
    if answers:
        mail["In-Reply-To"] = answers.id
    for key, value in headers:
        mail[key] = value
    mail.set_content(f"Guten Tag,\n\n{text}\n\nMit freundlichen Grüßen\nDatenschutz\n")
    for file, content in files:
        kind = "pdf" if file.endswith("pdf") else "zip"
        mail.add_attachment(content, maintype="application", subtype=kind, filename=file)
    return mail.as_bytes()


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
            _settle(monkeypatch)
            act(self.copy(before, self.folder / name, monkeypatch))
        self._made[name] = self.folder / name

    def copy(self, name: str, to: Path, monkeypatch: pytest.MonkeyPatch) -> Campaign:
        if name == "":
            to.mkdir()
            return Campaign(to, monkeypatch)
        return Campaign(shutil.copytree(self._made[name], to), monkeypatch)


def _found(campaign: Campaign) -> None:
    for name, text in {"campaign.yaml": CAMPAIGN, "controllers.yaml": CONTROLLERS, "members.csv": MEMBERS}.items():
        (campaign.folder / name).write_text(text, encoding="utf-8")


def _plan(campaign: Campaign) -> None:
    campaign("plan")
    campaign("letters", "approve", "--by", "Ada Beispiel")


def _send(campaign: Campaign) -> None:
    campaign("send", "--to", "outbox")
    campaign("send", "--to", "print")
    campaign("posted", f"{START}-outbox-1", f"{START}-print-1")


@pytest.fixture(scope="session")
def stages(tmp_path_factory: pytest.TempPathFactory) -> Stages:
    """A campaign founded, joined, planned and sent."""
    made = Stages(tmp_path_factory.mktemp("stages"))
    made.make("founded", "", _found)
    made.make("joined", "founded", lambda campaign: campaign("members", "import", campaign.folder / "members.csv"))
    made.make("planned", "joined", _plan)
    made.make("sent", "planned", _send)
    return made


@pytest.fixture
def at(stages: Stages, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """``at("sent")``: a copy of the campaign at that stage.

    ``at("answered", "sent", act)``: at the stage to which ``act(campaign)`` brings the one that is sent.
    """
    _settle(monkeypatch)

    def copy(stage: str, before: str = "", act: Callable[[Campaign], object] = _found) -> Campaign:
        if before:
            stages.make(stage, before, act)
        return stages.copy(stage, tmp_path / "campaign", monkeypatch)

    return copy


ASKED = "2026-04-03"  # the day after the earliest last day of what was mailed on 2 March
TOLD = "2026-04-09"


def _remind(campaign: Campaign) -> None:
    campaign.on(TOLD)("followup")
    campaign("posted", f"{TOLD}-outbox-1")


@pytest.fixture
def grown(stages: Stages) -> None:
    """Three stages after the letters were sent, each from the one before."""
    stages.make("asked", "sent", lambda campaign: campaign.on(ASKED)("ask"))
    stages.make("told", "asked", lambda campaign: campaign.report_nothing(TOLD))
    stages.make("reminded", "told", _remind)


@pytest.fixture
def asked(grown: None, at: Any) -> Campaign:
    """On 3 April, the members were asked."""
    return at("asked").on(ASKED)


@pytest.fixture
def told(grown: None, at: Any) -> Campaign:
    """On 9 April, they have said that nothing came."""
    return at("told").on(TOLD)


@pytest.fixture
def reminded(grown: None, at: Any) -> Campaign:
    """On 9 April, those controllers who take mail were reminded."""
    return at("reminded").on(TOLD)


@pytest.fixture
def planned(at: Any) -> Campaign:
    """On 2 March, planned and not yet sent."""
    return at("planned")


@pytest.fixture
def sent(at: Any) -> Campaign:
    """On 2 March, sent and posted."""
    return at("sent")
