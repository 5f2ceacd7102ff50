"""A written message -> the reply as it would arrive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightskit.mailbox.model import Attachment, Reply

if TYPE_CHECKING:
    from training.corpus import Labelled, Message


def as_reply(message: Message) -> Reply:
    """The message as a mail: greeting and closing on their own lines, the sentences between them run on."""
    return Reply(
        id="0" * 64,
        message_id=f"<{message.id}@controller.example>",
        in_reply_to=("<letter@campaign.example>",),
        date=None,
        sender="service@controller.example",
        sender_name="",
        recipients=("rights@campaign.example",),
        subject=message.subject,
        text=_text(message.sentences),
        attachments=tuple(Attachment(name, "application/octet-stream", b"") for name in message.attached),
    )


def _text(sentences: tuple[Labelled, ...]) -> str:
    paragraphs: list[list[str]] = [[]]
    last = len(sentences) - 1
    for place, one in enumerate(sentences):
        alone = place in {0, last} and one.labels == ("none",)
        if one.opens or alone or not paragraphs[-1]:
            paragraphs.append([])
        paragraphs[-1].append(one.text)
        if alone:
            paragraphs.append([])
    return "\n\n".join(" ".join(paragraph) for paragraph in paragraphs if paragraph)
