"""The parts of a message, sorted: readable text, attachments, reports, a returned original."""

from __future__ import annotations

import email.utils
from dataclasses import dataclass, field
from email.message import Message
from typing import TYPE_CHECKING, TypeVar

from rightskit.mailbox import charset, flowed, headers, names, reports
from rightskit.mailbox.html_text import to_text
from rightskit.mailbox.model import Attachment, DeliveryReport

if TYPE_CHECKING:
    from collections.abc import Callable

_DEEPEST = 40
_LONGEST_ORIGINAL = 200_000
# An alternative that only says "switch on HTML" is far shorter than the HTML beside it.
_STUB = 160
_STUB_RATIO = 3
_ENCRYPTED = frozenset({"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"})

Part = Message
T = TypeVar("T")


@dataclass(slots=True)
class Pieces:
    """What was found while walking through the parts, in their order."""

    texts: list[str] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    statuses: list[dict[str, str]] = field(default_factory=list)
    dispositions: list[dict[str, str]] = field(default_factory=list)
    originals: list[str] = field(default_factory=list)
    original_id: str = ""
    faults: dict[str, None] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The readable text."""
        return "\n\n".join(text.strip("\n") for text in self.texts if text.strip())

    @property
    def reports(self) -> tuple[DeliveryReport, ...]:
        """Delivery reports, then a read receipt."""
        delivered = reports.delivery_reports(self.statuses, self.original_id)
        return delivered + reports.read_receipt(self.dispositions, self.original_id)

    def fault(self, text: str) -> None:
        """Note, once, what was broken."""
        self.faults.setdefault(text)


def gather(message: Part) -> Pieces:
    """Sort all parts of a message."""
    pieces = Pieces()
    _visit(message, pieces, in_report=False, depth=0)
    return pieces


def _visit(part: Part, pieces: Pieces, *, in_report: bool, depth: int) -> None:
    kind = _media_type(part)
    if kind in _ENCRYPTED:
        pieces.fault("the message is encrypted")
    if depth > _DEEPEST:
        pieces.fault("parts are nested too deeply; the innermost were not opened")
    elif kind == "message/delivery-status":
        pieces.statuses += reports.blocks(_inner_text(part))
    elif kind == "message/disposition-notification":
        pieces.dispositions += reports.blocks(_inner_text(part))
    elif kind.startswith("message/") and part.is_multipart():
        _visit_message(part, kind, pieces, in_report=in_report)
    elif part.is_multipart():
        _visit_multipart(part, kind, pieces, in_report=in_report, depth=depth)
    else:
        _visit_leaf(part, kind, pieces, in_report=in_report)


def _visit_multipart(part: Part, kind: str, pieces: Pieces, *, in_report: bool, depth: int) -> None:
    children = [child for child in _children(part) if isinstance(child, Message)]
    if kind == "multipart/alternative":
        _visit_alternative(children, pieces, in_report=in_report, depth=depth)
        return
    in_report = in_report or kind == "multipart/report"
    for child in children:
        _visit(child, pieces, in_report=in_report, depth=depth + 1)


def _visit_alternative(children: list[Part], pieces: Pieces, *, in_report: bool, depth: int) -> None:
    """Keep the text of the first alternative that is more than a stub, and the attachments of all."""
    found: list[str] = []
    for child in children:
        inner = Pieces(original_id=pieces.original_id, faults=pieces.faults)
        _visit(child, inner, in_report=in_report, depth=depth + 1)
        found.append(inner.text)
        pieces.attachments += inner.attachments
        pieces.statuses += inner.statuses
        pieces.originals += inner.originals
        pieces.original_id = inner.original_id
    readable = [text for text in found if text.strip()]
    pieces.texts += [_fullest(readable)] if readable else []


def _fullest(texts: list[str]) -> str:
    longest = max(texts, key=len)
    stub = len(texts[0]) < _STUB and len(longest) > _STUB_RATIO * len(texts[0])
    return longest if stub else texts[0]


def _visit_message(part: Part, kind: str, pieces: Pieces, *, in_report: bool) -> None:
    inner = next((child for child in _children(part) if isinstance(child, Message)), Message())
    if in_report:
        _keep_original(inner, pieces)
        return
    subject = headers.text(_raw_header(inner, "subject"))
    name = names.clean(_filename(part) or (f"{subject}.eml" if subject else ""), kind, len(pieces.attachments) + 1)
    pieces.attachments.append(Attachment(name, kind, _bytes_of(inner, pieces)))


def _keep_original(original: Part, pieces: Pieces) -> None:
    lines = [f"{name}: {headers.text(str(value))}" for name, value in original.raw_items()]
    body = gather(original).text
    pieces.originals.append(("\n".join(lines) + "\n\n" + body)[:_LONGEST_ORIGINAL])
    pieces.original_id = pieces.original_id or headers.message_id(_raw_header(original, "message-id"))


def _visit_leaf(part: Part, kind: str, pieces: Pieces, *, in_report: bool) -> None:
    name = _filename(part)
    if in_report and kind in {"text/rfc822-headers", "message/rfc822", "message/rfc822-headers"}:
        _keep_returned_headers(_text_of(part, pieces), pieces)
    elif kind.startswith("multipart/"):
        pieces.texts.append(_text_of(part, pieces))  # without a boundary that holds: it stands as it came
    elif kind in {"text/plain", "text/html"} and not name and _disposition(part) != "attachment":
        pieces.texts.append(_readable(part, kind, pieces))
    else:
        content = _payload(part, pieces)
        if content or name:
            cleaned = names.clean(name, kind, len(pieces.attachments) + 1)
            pieces.attachments.append(Attachment(cleaned, kind, content))


def _keep_returned_headers(text: str, pieces: Pieces) -> None:
    pieces.originals.append(text[:_LONGEST_ORIGINAL])
    for group in reports.blocks(text)[:1]:
        pieces.original_id = pieces.original_id or headers.message_id(group.get("message-id", ""))


def _readable(part: Part, kind: str, pieces: Pieces) -> str:
    text = _text_of(part, pieces)
    if kind == "text/html":
        return to_text(text)
    if _parameter(part, "format").lower() == "flowed":
        return flowed.unflow(text, delete_space=_parameter(part, "delsp").lower() == "yes")
    return text


def _text_of(part: Part, pieces: Pieces) -> str:
    declared = _parameter(part, "charset")
    if not charset.is_known(declared):
        pieces.fault(f"unknown charset {declared[:40]!r}")
    return charset.decode(_payload(part, pieces), declared)


def _payload(part: Part, pieces: Pieces) -> bytes:
    content: object = _trap(lambda: part.get_payload(decode=True), None)
    for defect in part.defects:
        pieces.fault(f"broken part: {type(defect).__name__}")
    return content if isinstance(content, bytes) else b""


def _inner_text(part: Part) -> str:
    """A message/* part that the parser split into header blocks, put together again."""
    lines = []
    for block in _children(part):
        if isinstance(block, Message):
            lines += [f"{name}: {headers.text(str(value))}" for name, value in block.raw_items()]
            lines += ["", charset.decode(_payload(block, Pieces())), ""]
    return "\n".join(lines)


def _bytes_of(message: Part, pieces: Pieces) -> bytes:
    content = _trap(lambda: bytes(message), b"")
    if not content:
        pieces.fault("an enclosed message could not be taken out; it stands in the raw message")
    return content


def _children(part: Part) -> list[object]:
    payload: object = part.get_payload()
    return payload if isinstance(payload, list) else []


def _media_type(part: Part) -> str:
    return _trap(part.get_content_type, "text/plain").lower()


def _disposition(part: Part) -> str:
    return _trap(lambda: part.get_content_disposition() or "", "")


def _parameter(part: Part, name: str) -> str:
    return _trap(lambda: email.utils.collapse_rfc2231_value(part.get_param(name, "") or ""), "")


def _filename(part: Part) -> str:
    return headers.text(_trap(lambda: part.get_filename() or "", ""))


def _raw_header(part: Part, name: str) -> str:
    return next((str(value) for key, value in part.raw_items() if key.lower() == name), "")


def _trap(attempt: Callable[[], T], otherwise: T) -> T:
    """The standard library raises many things on broken parts; none of them may stop a mailbox."""
    try:
        return attempt()
    except Exception:  # noqa: BLE001 (LookupError, ValueError, KeyError, RecursionError, … and what comes next)
        return otherwise
