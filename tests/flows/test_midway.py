"""What comes while letters are being written: a wish to withdraw, a mandate that ends. Each is looked at once more
before the letter is said to leave.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import update

from rightskit.campaign.membership import MemberEvent, MemberEventKind
from rightskit.delivery import outbox
from rightskit.delivery.model import Outgoing
from rightskit.files import pdftext
from rightskit.flows import kit, permission, send
from rightskit.flows.journals import LetterJournal
from rightskit.flows.workspace import open_workspace
from rightskit.vault import membership, schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rightskit.flows.workspace import Workspace

NOW = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
PASSPHRASE = "six invented words for a test"


@pytest.fixture
def space(planned: Any) -> Iterator[Workspace]:
    opened = open_workspace(planned.folder, lambda: PASSPHRASE, NOW, NOW.date())
    yield opened
    opened.vault.close()


def wish(space: Workspace, member: str) -> None:
    """What ``sync`` notes where a member's mail says so."""
    event = MemberEvent(member, MemberEventKind.WISHED_TO_WITHDRAW, NOW.date(), NOW, None, "message", "a mail")
    with space.vault.write() as connection:
        membership.record(connection, [event])


def wishing(space: Workspace, member: str) -> Callable[..., Iterator[Any]]:
    """Progress that, with the first item, hears that a member wants to leave."""

    def track(items: Iterable[Any], *_: object) -> Iterator[Any]:
        for number, item in enumerate(items):
            if number == 0:
                wish(space, member)
            yield item

    return track


def owners(planned: Any) -> dict[str, str]:
    return {line["request"]: line["member"] for line in planned.json("status")}


def test_a_wish_to_withdraw_stops_the_mails_that_are_still_to_be_written(
    planned: Any, space: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "BATCH", 1)
    of, drafts = owners(planned), send.ready(space, "outbox", None, unverified=False).drafts
    last = of[drafts[-1].order.reference]
    theirs = {draft.order.reference for draft in drafts if of[draft.order.reference] == last}
    done = send.dispatch(space, drafts, "outbox", planned.folder / "outbox", wishing(space, last))
    assert set(planned.letters()) == {draft.order.reference for draft in drafts} - theirs
    assert done.stopped == dict.fromkeys(theirs, permission.ENDED)
    planned("members", "stay", last, "--evidence", "phone call")
    planned("send", "--to", "outbox")
    assert set(planned.letters()) == {draft.order.reference for draft in drafts}


def test_a_wish_to_withdraw_takes_a_letter_out_of_the_bundle(planned: Any, space: Workspace) -> None:
    of, drafts = owners(planned), send.ready(space, "print", None, unverified=False).drafts
    gone = sorted(draft.order.reference for draft in drafts)[1]
    done = send.dispatch(space, drafts, "print", planned.folder / "print", wishing(space, of[gone]))
    assert done.stopped == {gone: permission.ENDED}
    (table,) = planned.folder.rglob("letters.csv")
    rows = {row["reference"]: row for row in csv.DictReader(io.StringIO(table.read_text(encoding="utf-8")))}
    assert rows.keys() == {draft.order.reference for draft in drafts} - {gone}
    pages = pdftext.pages(table.with_suffix(".pdf").read_bytes())
    for reference, row in rows.items():
        assert reference in "".join(pages[int(row["page_from"]) - 1 : int(row["page_to"])])
    assert gone not in "".join(pages)


def test_a_wish_to_withdraw_leaves_no_kit(planned: Any, space: Workspace) -> None:
    with space.vault.write() as connection:
        connection.execute(update(schema.requests).values(way="self"))
        connection.execute(update(schema.members).values(acts="self"))
    planned("letters", "approve", "--by", "Ada Beispiel")
    found = kit.ready(space, None, unverified=False)
    last = found.kits[-1].member.member
    done = kit.write(space, found, planned.folder / "kits", "", wishing(space, last))
    assert set(done.stopped.values()) == {permission.ENDED}
    assert not (planned.folder / "kits" / last).exists()
    assert {path.name for path in (planned.folder / "kits").iterdir()} == {due.member.member for due in found.kits[:-1]}


def test_a_mandate_that_ends_during_a_long_sending_stops_the_letter(planned: Any, space: Workspace) -> None:
    reference = planned.request("jana", "suedstern")
    with space.vault.write() as connection:
        connection.execute(update(schema.mandates).values(until=NOW.date()))
    day = dt.timedelta(days=1)
    item = Outgoing(reference, "access", "<one@mitmachen.example>", "auskunft@suedstern.example", b"raw")
    assert not LetterJournal(space, [], lambda: NOW + day).intend(item)
    assert LetterJournal(space, [], lambda: NOW).intend(item)
