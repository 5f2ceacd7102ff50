"""`sync` reads the campaign's account on a real Dovecot: each message once, and nothing is changed there."""

from pathlib import Path
from typing import Any

import pytest
from small_campaign import campaign, reply

__all__ = ["campaign"]


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
    assert "The command for the secret failed: it ended with 1." in cli("sync", code=2).output


def test_without_an_account_there_is_a_way_named(campaign: Any, cli: Any) -> None:
    text = Path("campaign.yaml").read_text(encoding="utf-8").replace("account: campaign\n", "")
    Path("campaign.yaml").write_text(text, encoding="utf-8")
    assert "or read files: rightskit sync --from PATH" in cli("sync", code=4).output
