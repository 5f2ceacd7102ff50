"""A small invented campaign as far as it has come, and the mails that it gets."""

from __future__ import annotations

import datetime as dt
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any

import letterbox
import pytest
from fiveweeks import ORDER, SEED, THRESHOLD, five_weeks
from letterbox import Letterbox, Running
from probe import Campaign, Stages, settle
from probe_texts import ADDRESS, CAMPAIGN, CONTROLLERS, MEMBERS, START
from publications import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from probe import Letter
    from publications import Published


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


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """``keys("aq")``: what the person will press in ``review``."""
    from rightskit.cli import review as desk

    monkeypatch.setattr(desk, "_interactive", lambda: True)

    def press(letters: str) -> None:
        rest = iter(letters)
        monkeypatch.setattr(desk.typer, "getchar", lambda: next(rest))

    return press


@pytest.fixture
def box() -> Iterator[Letterbox]:
    """A server that takes mail by SMTP."""
    with Running() as running:
        yield running


SMTP_ACCOUNT = """\
accounts:
  campaign:
    address: campaign@mitmachen.example
    plus: true
    smtp: {{host: localhost, port: {port}, user: {user}, security: none-on-loopback}}
    password_command: cat {secret}
{more}
"""


@pytest.fixture
def account(box: Letterbox, tmp_path: Path) -> Any:
    """``account(campaign)``: the campaign sends by the letterbox, as fast as it can."""
    from rightskit import paths

    def use(campaign: Campaign, *, more: str = "", pace: str = "{per_minute: 100000}") -> Campaign:
        secret = tmp_path / "secret"
        secret.write_text(letterbox.PASSWORD + "\n", encoding="utf-8")
        text = SMTP_ACCOUNT.format(port=box.port, user=letterbox.USER, secret=secret, more=more)
        (paths.config_dir() / "accounts.yaml").write_text(text, encoding="utf-8")
        campaign.rewrite("campaign.yaml", more=f"pace: {pace}\n")
        return campaign

    return use


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
    settle(monkeypatch)

    def copy(stage: str, before: str = "", act: Callable[[Campaign], object] = _found) -> Campaign:
        if before:
            stages.make(stage, before, act)
        return stages.copy(stage, tmp_path / "campaign", monkeypatch)

    return copy


ROUNDS_OF_A_SEED = 8
"""The ten rounds of every run play the weeks of one seed, the hundred of ``make soak`` those of twelve."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Attacks marked as soak meet other weeks, too, where much is repeated."""
    if "published" in metafunc.fixturenames:
        rounds = int(metafunc.config.getoption("--rounds")) if metafunc.definition.get_closest_marker("soak") else 1
        seeds = range(SEED, SEED + max(1, rounds // ROUNDS_OF_A_SEED))
        metafunc.parametrize("published", seeds, indirect=True, scope="session")


@pytest.fixture(scope="session")
def published(
    request: pytest.FixtureRequest, stages: Stages, tmp_path_factory: pytest.TempPathFactory
) -> list[Published]:
    """All that five weeks of a campaign published, in the order in which it came out; a seed gives other weeks."""
    seed = request.param
    name = f"five weeks published, {seed}"
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setenv("RIGHTSKIT_HOME", str(tmp_path_factory.mktemp("home of five weeks")))
        settle(monkeypatch)
        stages.make(name, "founded", lambda campaign: five_weeks(campaign, seed))
        campaign = stages.copy(name, tmp_path_factory.mktemp("five") / "weeks", monkeypatch)
        return _read(campaign)


def _read(campaign: Campaign) -> list[Published]:
    there = {int(path.stem[:2]): path.stem for path in (campaign.folder / "published").glob("*.truth")}
    assert {kind for number, (_, kind) in enumerate(ORDER) if number not in there} <= {"release"}
    return [
        read(campaign, name, dt.date.fromisoformat(ORDER[number][0]), THRESHOLD)
        for number, name in sorted(there.items())
    ]


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
