"""A whole campaign by mail: forty members and five controllers, through a real Postfix and a real Dovecot."""

from __future__ import annotations

import datetime as dt
import email
import json
import os
import shutil
from collections import Counter
from email.policy import default
from typing import TYPE_CHECKING, Any

from rightskit import paths
from rightskit.flows import approvals, campaign, members, plan
from rightskit.flows.workspace import open_or_create
from rightskit.simulation import controllers, letterbox, maildir, people

if TYPE_CHECKING:
    from pathlib import Path

START, END = dt.date(2026, 3, 2), dt.date(2026, 5, 1)
NOW = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
PASSPHRASE = "six invented words for a test"
ACCOUNT = """\
accounts:
  campaign:
    address: campaign@mitmachen.example
    plus: true
    smtp: {{host: localhost, port: {smtp}, user: erika, security: starttls}}
    imap: {{host: localhost, port: {imap}, user: erika}}
    ca_file: {authorities}
    password_command: cat {secret}
"""


def test_a_campaign_by_smtp_and_imap(dovecot: Any, postfix: Any, tmp_path: Path, monkeypatch: Any, cli: Any) -> None:
    folder = _found(tmp_path)
    copies = dovecot.make_folder("Sent")
    _account(tmp_path, dovecot, postfix)
    monkeypatch.setenv("RIGHTSKIT_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv("RIGHTSKIT_TODAY", str(START))
    number = len(cli("-C", folder, "send", "--to", "smtp", "--dry-run", "--json").stdout.splitlines())
    assert number > 150
    assert "20 letters sent." in cli("-C", folder, "send", "--to", "smtp", "--yes", "--canary", "20").output
    said = cli("-C", folder, "send", "--to", "smtp", "--yes", "--canary-seen").output
    assert f"{number - 20} letters sent." in said

    arrived = postfix.wait_for(number)
    mails = [email.message_from_bytes(raw, policy=default) for raw in arrived]
    assert len({mail["Message-ID"] for mail in mails}) == len(mails) == number
    assert {str(mail["From"]).partition(" via ")[2] for mail in mails} == {
        "Initiative Offene Auskunft <campaign@mitmachen.example>"
    }
    assert all(mail["X-Original-To"] == mail["To"] for mail in mails)
    assert len([*copies.glob("cur/*"), *copies.glob("new/*")]) == number
    assert "0 letters sent." in cli("-C", folder, "send", "--to", "smtp", "--yes").output

    coming = _answers(tmp_path, arrived)
    _deliver(dovecot, coming)
    monkeypatch.setenv("RIGHTSKIT_TODAY", str(END))
    said = cli("-C", folder, "sync").output
    assert f"{len(coming)} new messages" in said
    delivery = Counter(line["delivery"] for line in _lines(cli, folder))
    assert delivery["received"] > number // 3
    assert dovecot.flags() <= {"", "S"}, "only the copies were written, and nothing was changed by reading"
    cli("-C", folder, "vault", "check")


def _found(tmp_path: Path) -> Path:
    folder = campaign.new("openschufa", tmp_path / "campaign")
    path = folder / "campaign.yaml"
    text = path.read_text(encoding="utf-8").replace("      - informa-his\n", "")
    text = text.replace("pace: 60 ", "pace: {per_minute: 1000000} ").replace("# account:", "account:")
    path.write_text(text, encoding="utf-8")
    people.write_members(folder / "members.csv", 40, 15)
    space = open_or_create(folder, lambda: PASSPHRASE, NOW, START)
    members.import_(space, folder / "members.csv", keep_valid=True)
    plan.plan(space, dry_run=False)
    approvals.approve(space, [], [], "Ada Beispiel")
    space.vault.close()
    return folder


def _account(tmp_path: Path, dovecot: Any, postfix: Any) -> None:
    secret, authorities = tmp_path / "secret", tmp_path / "authorities.pem"
    secret.write_text("pässwört € 1\n", encoding="utf-8")
    authorities.write_bytes(dovecot.authority.read_bytes() + postfix.authority.read_bytes())
    paths.config_dir().mkdir(parents=True)
    text = ACCOUNT.format(smtp=postfix.port, imap=dovecot.tls_port, authorities=authorities, secret=secret)
    (paths.config_dir() / "accounts.yaml").write_text(text, encoding="utf-8")


def _lines(cli: Any, folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in cli("-C", folder, "status", "--json").stdout.splitlines()]


def _answers(tmp_path: Path, arrived: list[bytes]) -> list[tuple[dt.datetime, bytes]]:
    """What the invented controllers write back to the letters that reached them."""
    outbox = tmp_path / "arrived"
    outbox.mkdir()
    for number, raw in enumerate(arrived):
        (outbox / f"{number:04}.eml").write_bytes(raw)
    world = controllers.World("campaign@mitmachen.example", 15, sheets=0)
    coming = controllers.answers(letterbox.read_outbox(outbox, START), world, START, END)
    return [(answer.when, raw) for answer, raw in coming]


def _deliver(dovecot: Any, coming: list[tuple[dt.datetime, bytes]]) -> None:
    maildir.deliver(dovecot.mail, coming)
    if os.getuid() == 0:
        for path in (dovecot.mail, *dovecot.mail.rglob("*")):
            shutil.chown(path, dovecot.user, dovecot.group)
