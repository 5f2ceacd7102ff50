"""The kinds of reply, and what shows them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ReplyKind(StrEnum):
    """What a reply says; declared in the order of precedence: the first that applies is the primary kind."""

    BOUNCE = "bounce"
    REFUSAL = "refusal"
    PARTIAL = "partial"
    DATA = "data"
    DATA_LINK = "data-link"
    DATA_BY_POST = "data-by-post"
    CONFIRMED = "confirmed"
    NO_DATA = "no-data"
    WRONG_CONTROLLER = "wrong-controller"
    FEE_DEMAND = "fee-demand"
    IDENTITY_DEMAND = "identity-demand"
    MANDATE_DEMAND = "mandate-demand"
    CLARIFICATION_DEMAND = "clarification-demand"
    WRONG_CHANNEL = "wrong-channel"
    EXTENSION = "extension"
    ACKNOWLEDGEMENT = "acknowledgement"
    AUTO_REPLY = "auto-reply"
    DELAY = "delay"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words, or the structure, that show a kind.

    Attributes:
        text: the sender's own words, or the header that decided.
        weight: from 0 to 1: how much it says on its own.
    """

    kind: ReplyKind
    text: str
    weight: float


@dataclass(frozen=True, slots=True)
class Classification:
    """What a reply says.

    Attributes:
        primary: the first of ``kinds`` in the order of precedence.
        kinds: all that apply, in that order; never empty.
        confidence: from 0 to 1, of the primary kind.
        certain: whether rightskit would act on it without a person.
        language: BCP 47 code, empty where unknown.
    """

    primary: ReplyKind
    kinds: tuple[ReplyKind, ...]
    confidence: float
    certain: bool
    language: str
    evidence: tuple[Evidence, ...]
