"""Replies made from a few words."""

from collections.abc import Callable

import pytest

from rightskit.mailbox.model import Attachment, Reply


@pytest.fixture
def make_reply() -> Callable[..., Reply]:
    """A reply of an invented controller: its text, names of attached files, headers, and other fields."""

    def make(text: str, files: tuple[str, ...] = (), **fields: object) -> Reply:
        known: dict[str, object] = {
            "id": "0" * 64,
            "message_id": "<answer@firma.example>",
            "in_reply_to": ("<letter@kampagne.example>",),
            "date": None,
            "sender": "service@firma.example",
            "sender_name": "Service",
            "recipients": ("rechte@kampagne.example",),
            "subject": "Re: Auskunft nach Art. 15 DSGVO, RK-1234-5678",
            "text": text,
            "attachments": tuple(Attachment(name, "application/octet-stream", b"x") for name in files),
        }
        return Reply(**{**known, **fields})  # type: ignore[arg-type]

    return make
