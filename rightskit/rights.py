"""The rights of Chapter III GDPR, with their articles."""

from __future__ import annotations

from enum import StrEnum


class Right(StrEnum):
    """A right that one person has towards one controller."""

    ACCESS = "access"
    RECTIFICATION = "rectification"
    ERASURE = "erasure"
    RESTRICTION = "restriction"
    PORTABILITY = "portability"
    OBJECTION = "objection"
    REVIEW = "review"

    @property
    def article(self) -> str:
        """The article of the GDPR that grants the right, such as ``15``."""
        return ARTICLES[self]


ARTICLES: dict[Right, str] = {
    Right.ACCESS: "15",
    Right.RECTIFICATION: "16",
    Right.ERASURE: "17",
    Right.RESTRICTION: "18",
    Right.PORTABILITY: "20",
    Right.OBJECTION: "21",
    Right.REVIEW: "22",
}
