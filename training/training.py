"""The whole training: sentences, then messages that the sentence model has not seen, then the bars of certainty."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from unittest.mock import patch

import numpy as np
from sklearn.model_selection import KFold

from rightskit.classification import encoder
from rightskit.classification.classify import classify
from rightskit.classification.decision import KINDS, primary_chances
from rightskit.classification.weights import Weights
from training.calibration import Judged, bars
from training.corpus import Labelled, read
from training.deciding import fit_decision, with_bars
from training.fitting import fit_encoder, fit_sentences
from training.opened import Opened, encoded_summaries, opened, plain_summaries, texts
from training.replies import as_reply
from training.tables import report
from training.vectors import LANGUAGES, WordVectors, embeddings, word_vectors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from rightskit.classification.weights import DecisionWeights, EncoderWeights, Floats, SentenceWeights

_FOLDS = 5
_LEARNT = ("train-a", "standard-s")
_APART = "dev-b"


@dataclass(frozen=True, slots=True)
class Material:
    """What is trained on and what is only tuned on.

    Attributes:
        messages: of the writers whose sentences are learnt.
        lone: their sentences outside messages.
        others: messages of other writers, for the bars.
        vectors: of frequent words.
        embedded: sentence -> embedding, for all sentences above.
    """

    messages: list[Opened]
    lone: list[Labelled]
    others: list[Opened]
    vectors: WordVectors
    embedded: dict[str, Floats]

    def sentences(self, chosen: Sequence[int], *, others: bool = False) -> list[Labelled]:
        """The sentences of these messages, and the lone ones; those of the other writers where they are asked for."""
        held = [self.messages[place] for place in chosen] + (self.others if others else [])
        return [one for opened_ in held for one in opened_.message.sentences] + self.lone


def train(folder: Path, say: Callable[[str], None]) -> Weights:
    """Train on ``train-a.txt`` and ``standard-s.txt`` of every language, set the bars, then learn ``dev-b.txt`` too."""
    material = _material(folder, say)
    everything = range(len(material.messages))
    first, first_head = _fitted(material, material.sentences(everything))
    unseen, unseen_encoded = _unseen(material, say)
    others = plain_summaries(material.others, first)
    others_encoded = encoded_summaries(material.others, first, first_head, material.embedded)
    sentence, head = _fitted(material, material.sentences(everything, others=True))
    return Weights(
        sentence,
        _decision("plain", material, unseen, others, say),
        head,
        _decision("encoded", material, unseen_encoded, others_encoded, say),
    )


def _fitted(material: Material, sentences: list[Labelled]) -> tuple[SentenceWeights, EncoderWeights]:
    embedded = np.array([material.embedded[one.text] for one in sentences])
    return fit_sentences(sentences, material.vectors), fit_encoder(sentences, embedded)


def gathered(folder: Path, *names: str) -> list[Opened]:
    """The messages of the files of these names in every language."""
    return [opened(language, one) for language, file in _files(folder, names) for one in read(file).messages]


def _files(folder: Path, names: Sequence[str]) -> list[tuple[str, Path]]:
    every = [(language, folder / language / f"{name}.txt") for language in LANGUAGES for name in names]
    return [(language, file) for language, file in every if file.exists()]


def judged_by(messages: Sequence[Opened], *, encoded: bool) -> list[tuple[Judged, bool]]:
    """What the shipped weights say of each message, and whether they are certain, with the encoder or without."""
    with patch.object(encoder, "installed", return_value=encoded):
        found = [(one, classify(as_reply(one.message))) for one in messages]
    return [
        (Judged(one.language, one.message.kinds[0], says.primary.value, says.confidence), says.certain)
        for one, says in found
    ]


def _material(folder: Path, say: Callable[[str], None]) -> Material:
    messages, others = gathered(folder, *_LEARNT), gathered(folder, _APART)
    lone = [one for _, file in _files(folder, _LEARNT) for one in read(file).lone]
    every = {one.text for opened_ in (*messages, *others) for one in opened_.message.sentences}
    every |= {one.text for one in lone}
    wanted = sorted(every | set(texts(messages)) | set(texts(others)))
    say(f"{len(messages)} messages, {len(every)} sentences; {len(others)} messages of other writers")
    return Material(messages, lone, others, word_vectors(say), dict(zip(wanted, embeddings(wanted, say), strict=True)))


def _folds(number: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    return iter(KFold(_FOLDS, shuffle=True, random_state=0).split(np.zeros(number)))


def _unseen(material: Material, say: Callable[[str], None]) -> tuple[Floats, Floats]:
    """Summaries of the messages by sentence models that have not seen them, plain and encoded."""
    parts: list[tuple[np.ndarray, Floats, Floats]] = []
    for number, (known, held) in enumerate(_folds(len(material.messages)), 1):
        say(f"fold {number} of {_FOLDS}")
        plain, head = _fitted(material, material.sentences(known))
        chosen = [material.messages[place] for place in held]
        encoded = encoded_summaries(chosen, plain, head, material.embedded)
        parts.append((held, plain_summaries(chosen, plain), encoded))
    order = np.argsort(np.concatenate([held for held, _, _ in parts]))
    return np.concatenate([one for _, one, _ in parts])[order], np.concatenate([one for _, _, one in parts])[order]


def _decision(
    name: str, material: Material, unseen: Floats, others: Floats, say: Callable[[str], None]
) -> DecisionWeights:
    """The decision learnt from unseen messages; its bars from messages that it has not seen either."""
    messages = [one.message for one in material.messages]
    judged: list[Judged] = []
    for known, held in _folds(len(messages)):
        fitted = fit_decision(unseen[known], [messages[place] for place in known])
        judged += _judged(fitted, unseen[held], [material.messages[place] for place in held])
    apart = _judged(fit_decision(unseen, messages), others, material.others)
    found = bars([*judged, *apart])
    for who, group in (("the same writers", judged), ("other writers", apart)):
        say(f"\n{name}, unseen messages of {who}\n{report(_with_certainty(group, found))}")
    every = [*messages, *(one.message for one in material.others)]
    return with_bars(fit_decision(np.concatenate([unseen, others]), every), found)


def _with_certainty(judged: Sequence[Judged], found: np.ndarray) -> list[tuple[Judged, bool]]:
    order = [kind.value for kind in KINDS]
    return [(one, one.confidence >= found[order.index(one.found)]) for one in judged]


def _judged(weights: DecisionWeights, summaries: Floats, messages: Sequence[Opened]) -> list[Judged]:
    chances = primary_chances(summaries, weights)
    return [
        Judged(one.language, one.message.kinds[0], KINDS[int(row.argmax())].value, float(row.max()))
        for one, row in zip(messages, chances, strict=True)
    ]
