"""Own words -> sentences, each on one line."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_MOST = 200
_LONGEST = 600
_SPLIT = re.compile(r"(?<=[.!?…])[\"“”»)]?\s+(?=[\"„“«(]?[A-ZÄÖÜÀÂÉÈÊÎÔÇŁŚŻ0-9])|\s+[•·–]\s+")
_ABBREVIATION = re.compile(
    r"(?:\b(?:z|d|u|i|o|s|v|m|b|e|g|a)\.|\b(?:art|abs|nr|no|dr|hr|fr|str|bzw|ggf|evtl|inkl|tel|ca"
    r"|vgl|gem|lit|ziff|prof|mr|mrs|ms"
    r"|mme|mlle|st|usw|etc|ff|sog|betr|ref|co|ltd|inc|para|sec|cf|al)\.|\b\d{1,2}\.)$",
    re.IGNORECASE,
)
_ITEM = re.compile(r"\s*(?:[-*•·–]|\d{1,2}[.)]|[a-z]\))\s+")
_LABEL = re.compile(r"\s*[^\s:.][^:.]{1,40}:\s+\S|[^\t]{2,40}\t\S")
_SALUTATION = re.compile(
    r"\s*(?:sehr geehrte\w*|guten (?:tag|morgen|abend)|liebe[rs]?\b|hallo\b|moin\b|gr(?:ü|ue)(?:ß"
    r"|ss) gott|dear\b|hello\b|hi\b"
    r"|good (?:morning|afternoon|evening)|bonjour\b|madame\b|monsieur\b|cher\b|ch(?:è|e)re\b|to whom it may)"
    r"(?:[^,.!?:;]|\b(?:dr|prof|med|hr|fr|mme|mr|mrs|ms|m)\.){0,60}(?:,\s*(?:sehr geehrte|liebe"
    r"|dear|ch(?:è|e)re?)[^,.!?:;]{0,60})?[,!.:]?\s*$",
    re.IGNORECASE,
)
_UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "’": "'", "`": "'", "´": "'", "\u00a0": " ", "‑": "-"}
)


def sentences(words: str) -> list[str]:
    """Split into sentences; wrapped lines are joined, salutations and empty lines left out."""
    found = [part for block in _blocks(words) for part in _split(block)]
    return [sentence[:_LONGEST] for sentence in found if any(map(str.isalpha, sentence))][:_MOST]


def labelled(words: str) -> int:
    """How many lines look like ``Label: value``."""
    return sum(bool(_LABEL.match(line)) for line in words.split("\n"))


@lru_cache(maxsize=4096)
def normalise(sentence: str) -> str:
    """Lower case, umlauts written out, other accents dropped, one space between words: what rules are written in."""
    text = sentence.lower().translate(_UMLAUTS)
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(text.split())


def _blocks(words: str) -> list[str]:
    """Lines joined to paragraphs, except list items, labelled lines and salutations."""
    blocks: list[str] = []
    fresh = True
    for line in words.split("\n"):
        if not line.strip() or _SALUTATION.match(line):
            fresh = True
        elif fresh or _ITEM.match(line) or _LABEL.match(line):
            blocks.append(line.strip())
            fresh = bool(_LABEL.match(line))
        else:
            blocks[-1] += " " + line.strip()
    return blocks


def _split(block: str) -> list[str]:
    parts: list[str] = []
    for part in _SPLIT.split(block):
        if parts and _ABBREVIATION.search(parts[-1]):
            parts[-1] += " " + part
        else:
            parts.append(part)
    return [part.strip() for part in parts if part.strip()]
