"""Sentences -> numbers: hashed pieces of words, words and pairs of words, all by one rolling hash over bytes.

The hash of a run of bytes is a polynomial modulo 2^64: prefixes of the whole text give the hash of every run in it by
one subtraction, and numpy does the work for all sentences of a message at once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from rightskit.classification.sentences import normalise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Ints = NDArray[np.int64]
    Hashes = NDArray[np.uint64]

BUCKETS = 1 << 16
_PIECES = (2, 3, 4, 5)
_BASE = 1_000_003
_SPREAD = np.uint64(0x9E3779B97F4A7C15)
# Odd factors that keep words and pairs apart from pieces of the same bytes.
_AS_WORD, _AS_FIRST = np.uint64(0x85EBCA6B), np.uint64(0xC2B2AE35)
_LONGEST = 400
_TOKEN = re.compile(r"\w+|[?!€:]")
_DIGITS = re.compile(r"\d+")
OUR_REFERENCE = re.compile(r"\brk[- ]?[0-9a-z]{4}[- ]?[0-9a-z]{4}\b", re.IGNORECASE)
"""A reference is random, and must not weigh like a word."""
_SPACE = 32
_BLOCK = 4096


@dataclass(frozen=True, slots=True)
class Features:
    """Hashed features of several sentences.

    Attributes:
        rows: the sentence of each feature, rising; int64, shape (n,).
        buckets: its bucket, below ``BUCKETS``; int64, shape (n,).
        values: its damped count, ``1 + log(count)``; float32, shape (n,).
        word_rows: the sentence of each word; int64, shape (m,).
        words: the hash of each word; uint64, shape (m,).
        size: how many sentences.
    """

    rows: Ints
    buckets: Ints
    values: Floats
    word_rows: Ints
    words: Hashes
    size: int


def features(sentences: Sequence[str]) -> Features:
    """The features of each sentence, in order."""
    plain = [spaced(sentence) for sentence in sentences]
    text = np.frombuffer((" " + "".join(plain)).encode(), dtype=np.uint8)
    spaces = np.flatnonzero(text == _SPACE)
    word_rows = np.repeat(np.arange(len(plain)), [one.count(" ") for one in plain])
    prefix = _prefixes(text)
    words = _runs(prefix, spaces[:-1] + 1, spaces[1:])
    pieces, piece_rows = _pieces(prefix, text == _SPACE, word_rows)
    pairs, pair_rows = _pairs(words, word_rows)
    hashes = np.concatenate([pieces, words * _AS_WORD, pairs])
    rows, buckets, values = _counted(np.concatenate([piece_rows, word_rows, pair_rows]), hashes)
    return Features(rows, buckets, values, word_rows, words, len(plain))


@lru_cache(maxsize=4096)
def spaced(sentence: str) -> str:
    """All that the model sees of a sentence: its tokens, with a space behind each."""
    return "".join(f"{token} " for token in tokenise(sentence))


def tokenise(sentence: str) -> list[str]:
    """Words and telling marks, normalised; of a number only its length is kept, of our references nothing."""
    plain = _DIGITS.sub(_shape, normalise(OUR_REFERENCE.sub(" ", sentence[:_LONGEST])))
    return _TOKEN.findall(plain)


def word_hash(word: str) -> int:
    """The hash of one normalised word, as ``Features.words`` holds it."""
    text = np.frombuffer(word.encode(), dtype=np.uint8)
    return int(_runs(_prefixes(text), np.array([0]), np.array([len(text)]))[0])


def _shape(number: re.Match[str]) -> str:
    return "0" * min(len(number[0]), 5)


@cache
def _powers(size: int, *, inverse: bool) -> Hashes:
    base = pow(_BASE, -1, 1 << 64) if inverse else _BASE
    return np.cumprod(np.array([1] + [base] * (size - 1), dtype=np.uint64), dtype=np.uint64)


def _room(size: int) -> int:
    """The next full block, so that few tables of powers are made."""
    return (size // _BLOCK + 1) * _BLOCK


def _prefixes(text: NDArray[np.uint8]) -> Hashes:
    terms = (text.astype(np.uint64) + np.uint64(1)) * _powers(_room(len(text)), inverse=False)[: len(text)]
    return np.concatenate([np.zeros(1, np.uint64), np.cumsum(terms, dtype=np.uint64)])


def _runs(prefix: Hashes, starts: Ints, ends: Ints) -> Hashes:
    """The hash of each run of bytes, the same wherever it stands."""
    return (prefix[ends] - prefix[starts]) * _powers(_room(len(prefix)), inverse=True)[starts]


def _pieces(prefix: Hashes, blank: NDArray[np.bool_], word_rows: Ints) -> tuple[Hashes, Ints]:
    """Runs of two to five bytes within a word and the spaces beside it."""
    inside = np.concatenate([[0], np.cumsum(blank)])
    word_at = np.minimum(inside[:-1], len(word_rows)) - 1
    found, rows = [], []
    for length in _PIECES:
        starts = np.arange(max(0, len(blank) - length + 1))
        whole = inside[starts + length - 1] == inside[np.minimum(starts + 1, len(blank))]
        starts = starts[whole]
        found.append(_runs(prefix, starts, starts + length))
        rows.append(word_rows[np.maximum(word_at[starts + 1], 0)])
    return np.concatenate(found), np.concatenate(rows)


def _pairs(words: Hashes, word_rows: Ints) -> tuple[Hashes, Ints]:
    """Two words beside each other in one sentence."""
    together = word_rows[1:] == word_rows[:-1]
    return (words[:-1] * _AS_FIRST + words[1:])[together], word_rows[1:][together]


def _counted(rows: Ints, hashes: Hashes) -> tuple[Ints, Ints, Floats]:
    mixed = (hashes ^ (hashes >> np.uint64(29))) * _SPREAD
    buckets = (mixed >> np.uint64(48)).astype(np.int64)
    keys, counts = np.unique(rows * BUCKETS + buckets, return_counts=True)
    return keys // BUCKETS, keys % BUCKETS, (1 + np.log(counts)).astype(np.float32)
