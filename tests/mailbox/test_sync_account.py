"""`sync` reads the campaign's account on a real Dovecot: each message once, and nothing is changed there."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from rightskit import paths

CAMPAIGN = """\
slug: probe
title: Was wissen sie?
organiser: {name: Initiative Mitmachen, email: erika@mitmachen.example}
account: campaign
requests:
  - rights: [access]
    controllers: [schufa]
"""
MEMBERS = """\
given_name,family_name,street,postal_code,city,country,email,birthdate,mandate_date,receive_date
Jana,Özdemir,Lindenallee 12,24105,Kiel,DE,jana@example.org,1988-04-09,2026-02-01,2026-02-01
"""


@pytest.fixture
def campaign(trusted: Any, cli: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    shutil.rmtree(trusted.mail, ignore_errors=True)
    trusted.mail.mkdir()
    monkeypatch.setenv("RIGHTSKIT_PASSPHRASE", "invented")
    monkeypatch.setenv("RIGHTSKIT_TODAY", "2026-03-02")
    (tmp_path / "campaign.yaml").write_text(CAMPAIGN, encoding="utf-8")
    (tmp_path / "members.csv").write_text(MEMBERS, encoding="utf-8")
    secret = tmp_path / "secret"
    secret.write_text("pässwört € 1\n", encoding="utf-8")
    paths.config_dir().mkdir(parents=True)
    (paths.config_dir() / "accounts.yaml").write_text(
        f"""\
accounts:
  campaign:
    address: erika@mitmachen.example
    plus: true
    imap: {{host: localhost, port: {trusted.tls_port}, user: erika}}
    folders: [INBOX, Entwürfe]
    password_command: cat {secret}
""",
        encoding="utf-8",
    )
    cli("members", "import", "members.csv")
    cli("plan")
    cli("letters", "approve", "--by", "Ada Beispiel")
    cli("send", "--to", "outbox")
    cli("posted", "2026-03-02-outbox-1")
    return trusted


def reply(reference: str, number: int) -> bytes:
    return (
        f"From: datenschutz@schufa.de\r\nTo: erika@mitmachen.example\r\nSubject: AW: {reference}\r\n"
        f"Message-ID: <{number}@schufa.de>\r\nDate: Tue, 03 Mar 2026 10:0{number}:00 +0100\r\n\r\n"
        "Wir bestätigen den Eingang Ihres Antrags.\r\n"
    ).encode()


def test_new_messages_are_filed_once(campaign: Any, cli: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RIGHTSKIT_TODAY", "2026-03-10")
    reference = next(Path("outbox").glob("*.eml")).name[:12]
    campaign.deliver(reply(reference, 1), name="1")
    campaign.deliver(reply(reference, 2), ".Entw&APw-rfe", name="2")
    assert "2 new messages" in cli("sync").output
    assert "0 new messages: nothing new. 0 were known." in cli("sync").output
    campaign.deliver(reply(reference, 3), name="3")
    assert "1 new messages" in cli("sync").output
    assert campaign.flags() == {""}
    listed = cli("replies", "list", "--json").output
    assert listed.count(f'"request": "{reference}"') == 3


def test_a_wrong_password_is_said_in_words(campaign: Any, cli: Any, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("wrong\n", encoding="utf-8")
    assert "wrong" not in cli("sync", code=6).output.replace("wrong password", "")


def test_a_password_command_that_fails(campaign: Any, cli: Any, tmp_path: Path) -> None:
    (tmp_path / "secret").unlink()
    assert "The command for the secret failed" in cli("sync", code=2).output


def test_without_an_account_there_is_a_way_named(campaign: Any, cli: Any) -> None:
    text = Path("campaign.yaml").read_text(encoding="utf-8").replace("account: campaign\n", "")
    Path("campaign.yaml").write_text(text, encoding="utf-8")
    assert "give --from PATH" in cli("sync", code=4).output
