"""What goes into the vault comes out as it was."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from rightskit.campaign.mandates import of_dates
from rightskit.campaign.model import Member, Request
from rightskit.cases.model import Event, EventKind
from rightskit.delivery.model import Outgoing
from rightskit.disclosures.model import Disclosure, Observation
from rightskit.rights import Right
from rightskit.vault import disclosures, members, messages, outgoing, requests, store

JANA = Member(
    "M00000001",
    "Jana",
    "Özdemir",
    "Lindenallee 12",
    "24105",
    "Kiel",
    "DE",
    "jana@example.org",
    dt.date(1988, 4, 9),
    mandates=of_dates(dt.date(2026, 2, 1), dt.date(2026, 2, 2)),
    consent_version="1",
    consent_scope=("statistics",),
    identifiers={"bureau": "47-11"},
)
REQUEST = Request(
    "RK-0000-0000",
    "M00000001",
    "bureau",
    Right.ACCESS,
    "access",
    "de",
    "email",
    "own-name",
    dt.date(2026, 3, 2),
    ("score-logic",),
)
NOW = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
LETTER = Outgoing("RK-0000-0000", "access", "<a@example.org>", "b@example.org", b"raw")


@pytest.fixture
def vault(tmp_path: Path) -> store.Vault:
    made = store.create(tmp_path, "invented words")
    with made.write() as connection:
        members.add(connection, [JANA])
        requests.add(connection, [REQUEST])
    return made


def test_members_and_what_they_signed(vault: store.Vault) -> None:
    with vault.read() as connection:
        assert members.all_members(connection) == [JANA]
        bare = replace(JANA, mandates=(), consent_version="", consent_scope=(), consent_date=None)
        assert members.unsigned(connection) == [bare]


def test_requests(vault: store.Vault) -> None:
    with vault.read() as connection:
        assert requests.all_requests(connection) == [REQUEST]
        assert requests.get(connection, "RK-0000-0000") == REQUEST
        assert requests.get(connection, "RK-9999-9999") is None


def test_one_right_of_one_member_towards_one_controller_is_one_request(vault: store.Vault) -> None:
    with pytest.raises(IntegrityError), vault.write() as connection:
        requests.add(connection, [Request("RK-1111-1111", *list(_values(REQUEST))[1:])])  # type: ignore[arg-type]


def _values(request: Request) -> list[object]:
    return [getattr(request, name) for name in Request.__slots__]


def test_events_keep_their_order(vault: store.Vault) -> None:
    events = [
        Event("RK-0000-0000", EventKind.SENT, dt.date(2026, 3, 2), NOW, source="person"),
        Event("RK-0000-0000", EventKind.EXTENDED, dt.date(2026, 3, 1), NOW, detail={"reasons": "no"}),
    ]
    with vault.write() as connection:
        requests.record(connection, events)
    with vault.read() as connection:
        found = requests.events_by_request(connection)["RK-0000-0000"]
    assert [(event.id, event.kind, event.happened, dict(event.detail)) for event in found] == [
        (1, EventKind.SENT, dt.date(2026, 3, 2), {}),
        (2, EventKind.EXTENDED, dt.date(2026, 3, 1), {"reasons": "no"}),
    ]


def test_a_letter_is_kept_once(vault: store.Vault) -> None:
    with vault.write() as connection:
        outgoing.intend(connection, [LETTER], "batch")
    again = Outgoing("RK-0000-0000", "access", "<other@example.org>", "b@example.org", b"raw")
    with pytest.raises(IntegrityError), vault.write() as connection:
        outgoing.intend(connection, [again], "batch")


def test_the_way_of_a_letter(vault: store.Vault) -> None:
    with vault.write() as connection:
        outgoing.intend(connection, [LETTER], "batch")
    with vault.read() as connection:
        assert outgoing.unfinished(connection) == [LETTER]
        assert outgoing.message_ids(connection) == {"<a@example.org>": ("RK-0000-0000", "access")}
    with vault.write() as connection:
        outgoing.settle(connection, ["<a@example.org>"], "queued")
    with vault.read() as connection:
        assert outgoing.unfinished(connection) == []
        assert outgoing.states(connection) == {("RK-0000-0000", "access"): "queued"}
        assert outgoing.batches(connection) == {"batch"}


def test_a_large_package_is_kept_in_pieces(vault: store.Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messages, "PIECE", 4)
    with vault.write() as connection:
        messages.store(connection, "big", b"0123456789")
        messages.store(connection, "empty", b"")
    with vault.read() as connection:
        assert messages.fetch(connection, "big") == b"0123456789"
        assert messages.fetch(connection, "empty") == b""
        assert connection.exec_driver_sql("SELECT count(*) FROM parts WHERE owner = 'big'").scalar() == 3


def test_a_document_and_what_was_read_from_it(vault: store.Vault) -> None:
    document = Disclosure("d" * 64, "RK-0000-0000", "M00000001", "bureau", "a.pdf", "application/pdf", b"%PDF", ("de",))
    value = Observation(
        "M00000001", "bureau", "score", 97.5, "percent", "inferred", 1.0, "page 1", 0, "recipe 1", "d" * 64
    )
    word = Observation("M00000001", "bureau", "risk", "low", "", "inferred", 1.0, "page 1", 1, "recipe 1", "d" * 64)
    with vault.write() as connection:
        assert disclosures.add(connection, document)
        assert not disclosures.add(connection, document)
        assert disclosures.pending(connection) == [("d" * 64, "RK-0000-0000")]
        assert disclosures.get(connection, ("d" * 64, "RK-0000-0000")) == document
        disclosures.settle(connection, document, "read", "", [value, word])
        disclosures.settle(connection, document, "read", "", [value, word])
    with vault.read() as connection:
        assert disclosures.pending(connection) == []
        assert list(disclosures.observations(connection)) == [value, word]
