"""The end of a campaign, its handover, and the days after which raw data goes."""

from __future__ import annotations

import re

from sqlalchemy import select

from rightskit.vault import forgetting, messages, milestones, schema, store


def whole_file(campaign) -> str:
    """Every value of every row in the vault, decrypted."""
    with campaign.vault().read() as connection:
        return "\n".join(
            repr(tuple(row)) for table in schema.metadata.sorted_tables for row in connection.execute(select(table))
        )


def test_what_is_open_is_shown_before_the_end(sent) -> None:
    sent.on("2026-04-20")
    sent("vault", "backup", sent.folder / "copy.vault")
    said = sent("campaign", "close").output
    assert re.search(r"ask the member +14", said), said
    assert "backup of the vault:" in said
    assert "letters as mails:" in said
    assert "mailbox of campaign@mitmachen.example" in said
    assert "members.csv" in said
    refused = sent("campaign", "close", "--end", code=5).output
    assert "14 requests want something of you" in refused
    assert "--leave-open" in refused


def test_after_the_end_nothing_goes_out(planned) -> None:
    said = planned("campaign", "close", "--end", "--leave-open").output
    assert "14 requests were closed" in said
    assert "from 2027-03-02 on" in said
    assert "Nothing to write." in planned("send", "--to", "outbox").output
    assert planned.fact("jana", "nordlicht")[3] == "nothing"
    assert "The campaign ended on 2026-03-02." in planned("campaign", "close", "--end", code=5).output


def test_the_end_comes_before_the_deletion_and_the_retention_in_between(sent) -> None:
    assert "The campaign has not ended." in sent("campaign", "close", "--purge", "--yes", code=5).output
    sent("campaign", "close", "--end", "--leave-open")
    kept = sent.on("2026-12-01")("campaign", "close", "--purge", "--yes", code=5).output
    assert "campaign.yaml keeps the data until 2027-03-02." in kept
    assert "two steps" in sent("campaign", "close", "--purge", "--end", code=2).output


def test_nothing_of_a_person_stays_after_the_deletion(sent, reply) -> None:
    letter = sent.letter("jana", "nordlicht")
    mail = reply("datenschutz@nordlicht.example", "Wir lehnen ab.", day="2026-03-10", answers=letter)
    sent.on("2026-03-12").arrives(mail)
    sent("vault", "second-key")
    sent("campaign", "close", "--end", "--leave-open")
    assert "Özdemir" in whole_file(sent)
    said = sent.on("2027-03-12")("campaign", "close", "--purge", "--yes").output
    assert "The vault holds nobody any more." in said
    assert "mailbox of campaign@mitmachen.example" in said
    rest = whole_file(sent)
    for word in ("Jana", "Özdemir", "heimpost", "Lindenallee", "MJANA0001", letter.id, "nordlicht"):
        assert word not in rest
    assert not (sent.folder / "outbox").exists()
    assert not [path for path in (sent.folder / "print").rglob("*") if path.is_file()]
    assert not (sent.folder / "vault.recovery").exists()
    with sent.vault().read() as connection:
        assert dict(forgetting.tallies(connection)) == {"members": 6, "requests": 14, "replies": 1, "documents": 0}
        assert set(milestones.reached(connection)) == {"ended", "purged"}
    again = sent("sync", "--from", sent.inbox).output
    assert "Özdemir" not in again
    with sent.vault().read() as connection:
        assert list(messages.all_messages(connection)) == []
    assert "The vault is whole" in sent("vault", "check").output


def test_a_deletion_is_asked_for(sent) -> None:
    sent("campaign", "close", "--end", "--leave-open")
    sent.on("2027-03-02")("campaign", "close", "--purge", answers="n\n", code=130)
    assert "Özdemir" in whole_file(sent)


def test_a_campaign_is_handed_over_with_a_backup_and_a_record_to_sign(sent, tmp_path) -> None:
    said = sent("campaign", "handover", "--to", "Verein Drei, Kai 9, 28195 Bremen", "--lang", "de").output
    folder = sent.folder / "handover"
    assert folder.stat().st_mode & 0o777 == 0o700
    fingerprint = re.search(r"SHA-256 ([0-9a-f]{64})", said)[1]
    record = (folder / "record.de.html").read_text("utf-8")
    for word in (
        "Verein Drei, Kai 9",
        "Initiative Mitmachen",
        "6 members",
        "14 requests",
        fingerprint,
        "Unterschriften",
    ):
        assert word in record, word
    assert "Özdemir" not in record
    copy = store.open_copy(folder / "probe-2026-03-02.vault", "six invented words for a test")
    with copy.read() as connection:
        assert connection.execute(select(schema.members.c.member)).all()
    copy.close()
    assert "backup that was handed over" in sent("campaign", "close").output
    assert "exists already" in sent("campaign", "handover", "--to", "X", code=5).output


def test_a_second_key_opens_the_vault_when_the_passphrase_is_lost(sent, monkeypatch) -> None:
    said = sent("vault", "second-key")
    code = said.stdout.strip()
    assert re.fullmatch(r"([0-9A-Z]{4}-){7}[0-9A-Z]{4}", code)
    key = sent.folder / "vault.recovery"
    assert key.stat().st_mode & 0o777 == 0o600
    assert b"six invented words" not in key.read_bytes()
    monkeypatch.delenv("RIGHTSKIT_PASSPHRASE")
    wrong = sent("vault", "recover", answers="AAAA-" * 7 + "AAAA\n", code=2).output
    assert "The code does not fit this vault." in wrong
    new = "seven quite other words"
    opened = sent("vault", "recover", answers=f"{code.lower().replace('-', ' ')}\n{new}\n{new}\n").output
    assert "The vault has the new passphrase." in opened
    assert not key.exists()
    monkeypatch.setenv("RIGHTSKIT_PASSPHRASE", new)
    assert "The vault is whole" in sent("vault", "check").output
    assert "There is no" in sent("vault", "recover", answers=f"{code}\n", code=4).output


def test_a_new_second_key_replaces_the_former_and_a_new_passphrase_ends_it(sent) -> None:
    first = sent("vault", "second-key").stdout.strip()
    second = sent("vault", "second-key").stdout.strip()
    assert first != second
    assert "does not fit" in sent("vault", "recover", answers=f"{first}\n", code=2).output
    said = sent("vault", "rekey", answers="quite other words\nquite other words\n").output
    assert "The second key opens nothing any more." in said
    assert not (sent.folder / "vault.recovery").exists()
