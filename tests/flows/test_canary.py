"""A few letters first, and the rest after a person has looked."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from rightskit.flows import canary
from rightskit.flows.dispatch import Draft
from rightskit.rendering.model import LetterOrder, Party

if TYPE_CHECKING:
    from letterbox import Letterbox


def draft(member: int, controller: str) -> Draft:
    sender = Party(f"Person {member}", (), f"m{member}@heimpost.example")
    order = LetterOrder("access", "de", dt.date(2026, 3, 2), sender, Party(controller), f"RK-{member}-{controller}")
    return Draft(order, controller, "DE")


def test_the_few_are_spread_over_controllers_and_members() -> None:
    drafts = [draft(member, controller) for member in range(30) for controller in ("a", "b", "c", "d")]
    few = canary.spread(drafts, 20)
    assert Counter(one.controller for one in few) == {"a": 5, "b": 5, "c": 5, "d": 5}
    assert len({one.order.sender.email for one in few}) == 20
    assert len({one.order.reference for one in few}) == 20


def test_with_few_members_each_writes_more_than_once_and_nothing_twice() -> None:
    drafts = [draft(member, controller) for member in range(2) for controller in ("a", "b", "c")]
    assert len({one.order.reference for one in canary.spread(drafts, 10)}) == 6


@pytest.fixture
def ready(planned, account, box, monkeypatch):
    """Nine letters wait, and five are enough to want a canary."""
    monkeypatch.setattr(canary, "FULL", 5)
    return account(planned), box


def test_the_rest_leaves_only_after_a_person_has_looked(ready: tuple[object, Letterbox]) -> None:
    campaign, box = ready
    refused = campaign("send", "--to", "smtp", "--yes", code=5).output
    assert "9 letters would leave, and none has shown yet" in refused
    assert "--canary 20" in refused
    assert "No letter has left yet." in campaign("send", "--to", "smtp", "--yes", "--canary-seen", code=5).output
    assert box.taken == []

    assert "3 letters sent." in campaign("send", "--to", "smtp", "--yes", "--canary", "3").output
    assert len({recipient for _, recipient, _ in box.taken}) == 2
    looked = campaign("send", "--to", "smtp", "--yes", code=5).output
    assert "what became of the first: 3 sent, 0 bounced, 0 received, 0 answered." in looked

    assert "6 letters sent." in campaign("send", "--to", "smtp", "--yes", "--canary-seen").output
    assert "0 letters sent." in campaign("send", "--to", "smtp", "--yes").output


def test_a_small_sending_needs_no_canary(ready: tuple[object, Letterbox]) -> None:
    campaign, box = ready
    campaign("send", "--to", "smtp", "--yes", "--limit", "5")
    assert len(box.taken) == 5
