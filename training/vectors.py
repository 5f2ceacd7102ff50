"""Meanings from the encoder: of frequent words, and of the corpus's sentences. Computed once, then kept in ``.build``.

The words are the most frequent ones of each language (package ``wordfreq``). Each is embedded alone; what training
makes of it, one small number for each label, is all that is shipped. So the plain model knows a word that the corpus
never used by the company it keeps, and shares it between languages.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from rightskit.classification.encoder import embed
from rightskit.classification.features import features, word_hash
from rightskit.classification.sentences import normalise

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from rightskit.classification.weights import Floats

FOLDER = Path(__file__).parent.parent / ".build" / "training"
LANGUAGES = ("de", "fr", "en", "nl", "es", "it", "pl", "pt")
_EACH = 22_000
_LISTED = 32_000
_LAST_LATIN = 0x24F
_CHUNK = 512


@dataclass(frozen=True, slots=True)
class WordVectors:
    """Words in normal form with their vectors.

    Attributes:
        hashes: as in ``Features.words``, rising; shape (words,).
        vectors: of length 1 around their mean; float32, shape (words, 384).
    """

    hashes: NDArray[np.uint64]
    vectors: Floats

    def pooled(self, sentences: Sequence[str]) -> Floats:
        """The sum of each sentence's known words over the root of their number; shape (sentences, 384)."""
        found = features(sentences)
        place = np.minimum(np.searchsorted(self.hashes, found.words), len(self.hashes) - 1)
        hit = self.hashes[place] == found.words
        rows = found.word_rows[hit]
        total = np.zeros((found.size, self.vectors.shape[1]), np.float32)
        np.add.at(total, rows, self.vectors[place[hit]])
        return np.asarray(total / np.sqrt(np.maximum(np.bincount(rows, minlength=found.size), 1))[:, None], np.float32)


def word_vectors(say: Callable[[str], None]) -> WordVectors:
    """The vectors of the most frequent words; the first time this takes half an hour of one core."""
    kept = FOLDER / "words.npz"
    if not kept.exists():
        words, frequency = _frequent()
        say(f"embedding {len(words)} words, once")
        FOLDER.mkdir(parents=True, exist_ok=True)
        np.savez(kept, words=words, frequency=frequency, vectors=_embedded(words))
    with np.load(kept) as held:
        return _merged([str(word) for word in held["words"]], held["frequency"], held["vectors"].astype(np.float32))


def embeddings(sentences: Sequence[str], say: Callable[[str], None]) -> Floats:
    """The embedding of each sentence; shape (sentences, 384)."""
    kept = FOLDER / "sentences.npz"
    known: dict[str, Floats] = {}
    if kept.exists():
        with np.load(kept) as held:
            known = dict(zip(map(str, held["texts"]), held["vectors"], strict=True))
    missing = sorted(set(sentences) - known.keys())
    if missing:
        say(f"embedding {len(missing)} sentences, once")
        known.update(zip(missing, _embedded(missing), strict=True))
        FOLDER.mkdir(parents=True, exist_ok=True)
        np.savez(kept, texts=np.array(list(known)), vectors=np.array(list(known.values())))
    return np.array([known[sentence] for sentence in sentences], np.float32).reshape(-1, 384)


def _embedded(texts: Sequence[str]) -> NDArray[np.float16]:
    chunks = [embed(texts[start : start + _CHUNK]) for start in range(0, len(texts), _CHUNK)]
    return np.concatenate(chunks).astype(np.float16)


def _frequent() -> tuple[NDArray[np.str_], NDArray[np.float64]]:
    import wordfreq  # noqa: PLC0415 (only the first training needs it)

    frequency: dict[str, float] = {}
    for language in LANGUAGES:
        listed = [word for word in wordfreq.top_n_list(language, _LISTED, wordlist="best") if _is_word(word)]
        for word in listed[:_EACH]:
            frequency[word] = max(frequency.get(word, 0.0), wordfreq.word_frequency(word, language))
    words = sorted(frequency, key=lambda word: -frequency[word])
    return np.array(words), np.array([frequency[word] for word in words])


def _is_word(word: str) -> bool:
    return all((c.isalpha() and ord(c) <= _LAST_LATIN) or c in "'’-" for c in word)


def _merged(words: list[str], frequency: NDArray[np.float64], vectors: Floats) -> WordVectors:
    """Words of the same normal form as one, weighted by frequency; all moved so that their mean is 0."""
    plain = np.array([normalise(word) for word in words])
    forms, group = np.unique(plain, return_inverse=True)
    total = np.zeros((len(forms), vectors.shape[1]))
    np.add.at(total, group, vectors * frequency[:, None])
    total /= np.bincount(group, frequency)[:, None]
    total -= np.average(total, axis=0)
    total /= np.maximum(np.linalg.norm(total, axis=1, keepdims=True), 1e-9)
    hashes = np.array([word_hash(form) for form in forms], np.uint64)
    order = np.argsort(hashes)
    return WordVectors(hashes[order], total[order].astype(np.float32))
