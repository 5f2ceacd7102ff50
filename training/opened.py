"""Messages opened as the program opens them, with what the models make of their sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rightskit.classification import encoder, sentencemodel
from rightskit.classification.reading import Reading, read
from rightskit.classification.summary import summarise
from training.replies import as_reply

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rightskit.classification.weights import EncoderWeights, Floats, SentenceWeights
    from training.corpus import Message


@dataclass(frozen=True, slots=True)
class Opened:
    """A written message beside what the program reads in it."""

    language: str
    message: Message
    reading: Reading


def opened(language: str, message: Message) -> Opened:
    """Read a written message as if it had come by mail."""
    return Opened(language, message, read(as_reply(message)))


def texts(messages: Sequence[Opened]) -> list[str]:
    """All sentences and subjects that the models are asked about."""
    return [text for one in messages for text in (*one.reading.said, *_subject(one))]


def plain_summaries(messages: Sequence[Opened], weights: SentenceWeights) -> Floats:
    """One summary a message by the plain model; shape (messages, numbers)."""
    return np.array(
        [
            summarise(
                one.reading,
                sentencemodel.margins(one.reading.said, weights),
                sentencemodel.margins(_subject(one), weights),
            )
            for one in messages
        ]
    )


def encoded_summaries(
    messages: Sequence[Opened], weights: SentenceWeights, head: EncoderWeights, embedded: Mapping[str, Floats]
) -> Floats:
    """The same by the plain model and the encoder together."""

    def margins(sentences: Sequence[str]) -> Floats:
        plain = sentencemodel.margins(sentences, weights)
        if not sentences:
            return plain
        return plain + encoder.margins_of(np.array([embedded[one] for one in sentences]), head)

    return np.array([summarise(one.reading, margins(one.reading.said), margins(_subject(one))) for one in messages])


def _subject(one: Opened) -> list[str]:
    return [one.reading.subject] if one.reading.subject else []
