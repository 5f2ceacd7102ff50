"""Whatever cannot be right in a vault is found, and named by its reference."""

from __future__ import annotations

import datetime as dt
import hashlib

import pytest

from rightskit.campaign.model import Member, Request
from rightskit.cases.model import Event, EventKind
from rightskit.delivery.model import Outgoing
from rightskit.disclosures.model import Disclosure
from rightskit.mailbox.parse import message_hash
from rightskit.rights import Right
from rightskit.vault import check, disclosures, members, messages, outgoing, requests, store

NOW = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
DAY = NOW.date()
REFERENCE = "RK-0000-0000"
RAW = b"From: desk@bureau.example\r\nSubject: Ihre Anfrage\r\n\r\nGuten Tag\r\n" + b"x" * 49
ID = message_hash(RAW)
DOCUMENT = hashlib.sha256(b"%PDF").hexdigest()


@pytest.fixture
def vault(new: store.Vault, monkeypatch: pytest.MonkeyPatch) -> store.Vault:
    """A request that was sent and answered with a document."""
    monkeypatch.setattr(messages, "PIECE", 16)
    stored = messages.StoredMessage(ID, "<m@bureau.example>", NOW, "inbox/1", len(RAW), "filed", "data", 1.0, True, [])
    filing = messages.Filing(ID, REFERENCE, None, "reference", proven=True, filed=True)
    with new.write() as connection:
        members.add(connection, [Member("M00000001", "Jana", "Özdemir")])
        requests.add(
            connection,
            [Request(REFERENCE, "M00000001", "bureau", Right.ACCESS, "access", "de", "email", "own-name", DAY)],
        )
        outgoing.intend(connection, [Outgoing(REFERENCE, "access", "<a@example.org>", "b@example.org", b"raw")], "b")
        outgoing.settle(connection, ["<a@example.org>"], "sent")
        kinds = (EventKind.PLANNED, EventKind.QUEUED, EventKind.SENT, EventKind.DATA_RECEIVED)
        requests.record(connection, [Event(REFERENCE, kind, DAY, NOW) for kind in kinds])
        messages.add(connection, [(stored, RAW)])
        messages.add_filings(connection, [filing])
        document = Disclosure(DOCUMENT, REFERENCE, "M00000001", "bureau", "a.pdf", "application/pdf", b"%PDF")
        disclosures.add(connection, document)
    return new


def problems(vault: store.Vault) -> list[str]:
    with vault.read() as connection:
        return list(check.problems(connection))


def test_a_vault_that_is_whole(vault: store.Vault) -> None:
    assert problems(vault) == []
    with vault.read() as connection:
        counts = check.counts(connection)
    assert (counts["members"], counts["events"], counts["parts"], counts["forgotten"]) == (1, 4, 8, 0)


WRONG = [
    ("UPDATE outgoing SET state = 'gone'", f"{REFERENCE}: the letter access is in a state that does not exist"),
    ("DELETE FROM events WHERE kind = 'sent'", f"{REFERENCE}: its letter is sent, and no event says so"),
    ("UPDATE outgoing SET state = 'withdrawn'", f"{REFERENCE}: its letter is withdrawn, and no event says so"),
    ("UPDATE messages SET status = 'lost'", f"the message {ID[:12]} is in a state that does not exist"),
    (f"DELETE FROM parts WHERE owner = '{ID}' AND number = 2", f"the message {ID[:12]} has 96 bytes instead of 112"),
    (
        f"UPDATE parts SET content = zeroblob(16) WHERE owner = '{ID}' AND number = 2",
        f"the message {ID[:12]} has other bytes than those that came",
    ),
    ("UPDATE filings SET filed = 0", f"the message {ID[:12]} is filed, and under no request"),
    (
        f"DELETE FROM parts WHERE owner = '{DOCUMENT}'",
        f"{REFERENCE}: the document {DOCUMENT[:12]} has other bytes than those that came",
    ),
    ("INSERT INTO parts VALUES ('nobody', 0, x'00')", "bytes are kept under nobody, and nothing of that name"),
    ("UPDATE requests SET member = 'M00000009'", "requests: a row belongs to nothing in members"),
]


@pytest.mark.parametrize(("statement", "says"), WRONG, ids=[says for _, says in WRONG])
def test_what_cannot_be_right(vault: store.Vault, statement: str, says: str) -> None:
    with vault.bare() as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        connection.exec_driver_sql(statement)
    assert problems(vault) == [says]


def test_a_redacted_reply_and_a_removed_document_are_right(vault: store.Vault) -> None:
    with vault.bare() as connection:
        connection.exec_driver_sql("UPDATE messages SET redacted = 1")
        connection.exec_driver_sql("UPDATE parts SET content = x'00' WHERE number = 0")
        connection.exec_driver_sql("UPDATE disclosures SET outcome = 'removed'")
    assert problems(vault) == []
