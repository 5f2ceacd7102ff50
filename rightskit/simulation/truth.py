"""What the messages of invented controllers mean: the decisions of somebody who cannot be mistaken."""

from __future__ import annotations

import email
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rightskit.classification.model import ReplyKind
from rightskit.mailbox.parse import message_hash
from rightskit.simulation.script import Turn

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_KINDS = {
    Turn.RECEIPT: ReplyKind.AUTO_REPLY,
    Turn.OUT_OF_OFFICE: ReplyKind.AUTO_REPLY,
    Turn.ACKNOWLEDGEMENT: ReplyKind.ACKNOWLEDGEMENT,
    Turn.IDENTITY: ReplyKind.IDENTITY_DEMAND,
    Turn.MANDATE: ReplyKind.MANDATE_DEMAND,
    Turn.CLARIFICATION: ReplyKind.CLARIFICATION_DEMAND,
    Turn.EXTENSION: ReplyKind.EXTENSION,
    Turn.EXTENSION_BARE: ReplyKind.EXTENSION,
    Turn.WRONG_CHANNEL: ReplyKind.WRONG_CHANNEL,
    Turn.REFUSAL: ReplyKind.REFUSAL,
    Turn.PARTIAL: ReplyKind.PARTIAL,
    Turn.NO_DATA: ReplyKind.NO_DATA,
    Turn.DATA: ReplyKind.DATA,
    Turn.BY_POST: ReplyKind.DATA_BY_POST,
    Turn.LINK: ReplyKind.DATA_LINK,
    Turn.BOUNCE: ReplyKind.BOUNCE,
    Turn.DELAY: ReplyKind.DELAY,
    Turn.SPAM: ReplyKind.OTHER,
}


@dataclass(frozen=True, slots=True)
class Meant:
    """What one message is.

    Attributes:
        id: of its bytes, as the vault calls it.
        message_id: its Message-ID.
        reference: of the request that it answers; None for an advertisement.
    """

    id: str
    message_id: str
    kind: ReplyKind
    reference: str | None


def meant(turn: Turn, reference: str, raw: bytes) -> Meant:
    """What a message means that a controller wrote in this turn about this request."""
    return Meant(
        id=message_hash(raw),
        message_id=str(email.message_from_bytes(raw)["Message-ID"]),
        kind=_KINDS[turn],
        reference=None if turn is Turn.SPAM else reference,
    )


def wrong(truth: Mapping[str, Meant], filed: Iterable[Mapping[str, Any]]) -> list[Meant]:
    """What the program took for something else than its sender meant, or for another request's.

    Args:
        truth: by Message-ID.
        filed: lines of ``review --sample --json``: one per message and request.
    """
    found: dict[Meant, set[tuple[str, str | None]]] = {}
    for line in filed:
        found.setdefault(truth[line["inbound_message_id"]], set()).add((line["kind"], line["request"]))
    return [one for one, under in found.items() if under != {(one.kind, one.reference)}]


def asking_everybody(truth: Mapping[str, Meant], cases: Iterable[Mapping[str, str]]) -> list[str]:
    """The ids of controllers that demanded proof of identity of more than one member: by a form letter, then.

    Args:
        truth: by Message-ID.
        cases: lines of ``status --json``.
    """
    asked = {one.reference for one in truth.values() if one.kind is ReplyKind.IDENTITY_DEMAND}
    members = Counter(case["controller"] for case in cases if case["request"] in asked)
    return sorted(controller for controller, number in members.items() if number > 1)
