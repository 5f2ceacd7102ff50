"""The machine-readable parts of delivery notifications (RFC 3464) and read receipts (RFC 8098)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rightskit.mailbox import headers
from rightskit.mailbox.model import DeliveryReport

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_STATUS = re.compile(r"(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?![\d.])")
_ACTIONS = frozenset({"failed", "delayed", "delivered", "relayed", "expanded"})
_FIELD = re.compile(r"([A-Za-z-]+)[ \t]*:[ \t]*(.*)")


def blocks(content: str) -> list[dict[str, str]]:
    """The groups of fields of a notification: lower-case name → value, unfolded (RFC 3464 section 2.1)."""
    found = []
    for group in re.split(r"\n[ \t]*\n", content):
        fields = [_FIELD.match(line) for line in re.sub(r"\n[ \t]+", " ", group).split("\n")]
        found.append({field.group(1).lower(): field.group(2).strip() for field in fields if field})
    return [group for group in found if group]


def delivery_reports(groups: Sequence[Mapping[str, str]], original_message_id: str) -> tuple[DeliveryReport, ...]:
    """One report per recipient of a message/delivery-status part."""
    return tuple(_recipient(group, original_message_id) for group in groups if "action" in group or "status" in group)


def read_receipt(groups: Sequence[Mapping[str, str]], original_message_id: str) -> tuple[DeliveryReport, ...]:
    """A message/disposition-notification says that the message lay in the mailbox: it was delivered."""
    for group in groups:
        if "disposition" in group:
            id_ = headers.message_id(group.get("original-message-id", "")) or original_message_id
            return (DeliveryReport("delivered", "", _address(group.get("final-recipient", "")), id_),)
    return ()


def _recipient(group: Mapping[str, str], original_message_id: str) -> DeliveryReport:
    found = _STATUS.search(group.get("status", "")) or _STATUS.search(group.get("diagnostic-code", ""))
    status = found.group() if found else ""
    address = group.get("final-recipient") or group.get("original-recipient", "")
    return DeliveryReport(_action(group, status), status, _address(address), original_message_id)


def _action(group: Mapping[str, str], status: str) -> str:
    """The action as declared, else the one that the status class means (RFC 3463 section 3.1)."""
    words = group.get("action", "").lower().split() or [""]
    if words[0] in _ACTIONS:
        return words[0]
    return {"2": "delivered", "4": "delayed", "5": "failed"}.get(status[:1], "failed")


def _address(value: str) -> str:
    """``rfc822; someone@example.org`` without its type."""
    return value.rpartition(";")[2].strip().strip("<>").lower()
