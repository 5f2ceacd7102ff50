"""A campaign of one member whose account lies on a real Dovecot."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from rightskit import paths
from rightskit.vault import store

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
    monkeypatch.setenv("RIGHTSKIT_PASSPHRASE", "invented words")
    monkeypatch.setenv("RIGHTSKIT_TODAY", "2026-03-02")
    monkeypatch.setattr(store, "_PRAGMAS", ("kdf_iter = 1000", *store._PRAGMAS))
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
