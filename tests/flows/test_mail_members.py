"""A question to members by a real Postfix: what it sends back of one is read from a real Dovecot, and understood."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import time
from typing import TYPE_CHECKING, Any

from rightskit import paths
from rightskit.simulation import maildir
from rightskit.vault import membership

if TYPE_CHECKING:
    from pathlib import Path

    from probe import Campaign

ACCOUNT = """\
accounts:
  campaign:
    address: campaign@mitmachen.example
    plus: true
    keeps_copies: true
    smtp: {{host: localhost, port: {smtp}, user: erika, security: starttls}}
    imap: {{host: localhost, port: {imap}, user: erika}}
    ca_file: {authorities}
    password_command: cat {secret}
"""
EMRE, GONE = "MEMRE0004", "emre@gone.example"


def test_a_bounce_of_postfix_is_a_member_not_reached(dovecot: Any, postfix: Any, at: Any, tmp_path: Path) -> None:
    campaign = at("planned")
    _account(campaign, dovecot, postfix, tmp_path)
    campaign("members", "change", EMRE, "--email", GONE)
    campaign("letters", "approve", "ask-consent", "--by", "Ada Beispiel")
    campaign("ask", "--consent")
    assert "2 letters sent." in campaign("send", "--to", "smtp", campaign.folder / "questions", "--yes").output

    _bring(dovecot, _notices(postfix))
    said = campaign("sync").output
    assert "1 new messages: 1 filed." in said
    assert "1 mail to members came back." in said
    with campaign.vault().read() as connection:
        assert set(membership.unreachable(connection)) == {EMRE}
    told = {one["members"]: one["number"] for one in campaign.json("status", "--members")}
    assert told["asked for consent by mail, not reached"] == told["unreachable by mail"] == 1
    assert f"{EMRE} cannot be reached by mail since" in campaign("ask", "--consent").output


def _account(campaign: Campaign, dovecot: Any, postfix: Any, tmp_path: Path) -> None:
    secret, authorities = tmp_path / "secret", tmp_path / "authorities.pem"
    secret.write_text("pässwört € 1\n", encoding="utf-8")
    authorities.write_bytes(dovecot.authority.read_bytes() + postfix.authority.read_bytes())
    text = ACCOUNT.format(smtp=postfix.port, imap=dovecot.tls_port, authorities=authorities, secret=secret)
    (paths.config_dir() / "accounts.yaml").write_text(text, encoding="utf-8")
    campaign.rewrite("campaign.yaml", more="pace: {per_minute: 100000}\n")


def _notices(postfix: Any) -> list[bytes]:
    """What Postfix itself wrote to the campaign, as it came."""
    for _ in range(600):
        if found := [raw for raw in postfix.mails() if b"multipart/report" in raw]:
            return found
        time.sleep(0.05)
    return []


def _bring(dovecot: Any, found: list[bytes]) -> None:
    """Into the inbox that the campaign reads."""
    assert len(found) == 1, "one notice for one mail"
    maildir.deliver(dovecot.mail, [(dt.datetime.now(dt.UTC), raw) for raw in found])
    if os.getuid() == 0:
        for path in (dovecot.mail, *dovecot.mail.rglob("*")):
            shutil.chown(path, dovecot.user, dovecot.group)
