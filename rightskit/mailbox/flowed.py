"""format=flowed (RFC 3676): soft line breaks joined again."""

from __future__ import annotations


def unflow(text: str, *, delete_space: bool = False) -> str:
    """Join lines that end with a space to the next one of the same quote depth.

    Args:
        text: the decoded text/plain part.
        delete_space: the part's ``DelSp=yes``.
    """
    paragraphs: list[tuple[int, str]] = []
    open_ = False
    for line in text.split("\n"):
        depth, words = _split(line)
        flows = words.endswith(" ") and words != "-- "
        kept = words[:-1] if flows and delete_space else words
        if open_ and paragraphs[-1][0] == depth and words != "-- ":
            paragraphs[-1] = (depth, paragraphs[-1][1] + kept)
        else:
            paragraphs.append((depth, kept))
        open_ = flows
    return "\n".join("> " * depth + words for depth, words in paragraphs)


def _split(line: str) -> tuple[int, str]:
    words = line.lstrip(">")
    return min(len(line) - len(words), 10), words.removeprefix(" ")
