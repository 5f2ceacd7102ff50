"""Features and margins: the same sentence counts the same wherever it stands."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rightskit.classification import remembered
from rightskit.classification.features import BUCKETS, features, tokenise, word_hash
from rightskit.classification.sentencemodel import margins
from rightskit.classification.weights import FILE, LABELS, weights

TEXTS = st.lists(st.text(max_size=60) | st.just("Wir haben keine Daten."), max_size=6)


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_a_sentence_is_judged_by_itself(texts: list[str]) -> None:
    together = margins(texts, weights().sentence)
    assert together.shape == (len(texts), len(LABELS))
    alone = [margins([text], weights().sentence)[0] for text in texts]
    assert np.allclose(together, np.array(alone).reshape(together.shape), atol=1e-4)


@settings(max_examples=100, deadline=None)
@given(st.lists(TEXTS, max_size=4))
def test_a_sentence_that_was_heard_before_is_judged_the_same_to_the_bit(messages: list[list[str]]) -> None:
    for texts in messages:
        assert np.array_equal(remembered.margins(texts), margins(texts, weights().sentence))


def test_what_is_remembered_stays_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "_MOST", 5)
    for number in range(8):
        texts = [f"{word} sagen wir Ihnen." for word in "abcd"[: number % 4 + 1]]
        assert np.array_equal(remembered.margins(texts), margins(texts, weights().sentence))
        assert len(remembered._HEARD) <= 5


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_features_stay_in_their_bounds(texts: list[str]) -> None:
    found = features(texts)
    assert found.size == len(texts)
    assert ((found.buckets >= 0) & (found.buckets < BUCKETS)).all()
    assert (np.diff(found.rows) >= 0).all()
    assert (found.values >= 1).all()
    assert len(found.words) == sum(len(tokenise(text)) for text in texts)


def test_a_word_has_one_hash() -> None:
    found = features(["Die Kartei ist leer.", "leer, die Kartei"])
    assert list(found.words).count(word_hash("kartei")) == 2
    assert word_hash("kartei") != word_hash("karteien")


def test_numbers_keep_only_their_length() -> None:
    assert tokenise("Am 12.3.2024: 4711 €?") == ["am", "00", "0", "0000", ":", "0000", "€", "?"]


@pytest.mark.parametrize(
    ("sentence", "label"),
    [
        ("Ihre Daten wurden gelöscht.", "confirmed"),
        ("We will not comply with your request.", "refusal"),
        ("Vous trouverez ci-joint une copie de vos données.", "data"),
        ("Wij verwerken geen persoonsgegevens van u.", "no-data"),
        ("Le rogamos que nos remita copia de su DNI.", "identity-demand"),
        ("Sono fuori ufficio fino al 3 maggio.", "auto-reply"),
        ("Prosimy o przesłanie podpisanego pełnomocnictwa.", "mandate-demand"),
        ("Prorrogamos o prazo por mais dois meses.", "extension"),
        ("Mit freundlichen Grüßen", "none"),
    ],
)
def test_plain_sentences_in_every_language(sentence: str, label: str) -> None:
    assert LABELS[int(margins([sentence], weights().sentence)[0].argmax())] == label


def test_words_of_another_language_are_not_familiar() -> None:
    assert remembered.familiarity(["Nincs Önről semmilyen adatunk a rendszerünkben."]) < 0.65
    assert remembered.familiarity(["Wir haben keine Daten über Sie gespeichert."]) == 1
    assert remembered.familiarity([]) == 0


def test_the_weights_are_small() -> None:
    assert FILE.stat().st_size < 5_000_000
