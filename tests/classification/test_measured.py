"""The shipped weights on messages of writers whose sentences were not learnt: no worse than the documentation says."""

from collections import defaultdict
from pathlib import Path

import pytest

from rightskit.classification import encoder
from rightskit.classification.classify import classify
from rightskit.classification.model import Classification
from training.corpus import Message, read
from training.replies import as_reply

FILES = sorted((Path(__file__).parent.parent.parent / "training").glob("*/test-c.txt"))


@pytest.fixture(scope="module", autouse=True)
def plain() -> None:
    """Whether or not the encoder is installed here, the plain model is measured."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(encoder, "installed", lambda: False)
        yield


@pytest.fixture(scope="module")
def judged(plain: None) -> dict[str, list[tuple[Message, Classification]]]:
    found = defaultdict(list)
    for file in FILES:
        found[file.parent.name] += [(message, classify(as_reply(message))) for message in read(file).messages]
    return found


def test_all_eight_languages_are_measured(judged: dict[str, list[tuple[Message, Classification]]]) -> None:
    assert set(judged) == {"de", "en", "es", "fr", "it", "nl", "pl", "pt"}
    assert all(len(messages) >= 20 for messages in judged.values())


def test_the_primary_kind_is_right_more_often_than_not(
    judged: dict[str, list[tuple[Message, Classification]]],
) -> None:
    right = {
        language: sum(message.kinds[0] == says.primary for message, says in messages) / len(messages)
        for language, messages in judged.items()
    }
    assert min(right.values()) > 0.4, right
    assert sum(right.values()) / len(right) > 0.6, right


def test_what_is_certain_is_right(judged: dict[str, list[tuple[Message, Classification]]]) -> None:
    certain = [pair for messages in judged.values() for pair in messages if pair[1].certain]
    assert len(certain) > 0.2 * sum(map(len, judged.values()))
    wrong = [(message.id, says.primary) for message, says in certain if message.kinds[0] != says.primary]
    assert len(wrong) <= 0.03 * len(certain), wrong


def test_evidence_is_the_senders_own_words_or_files(
    judged: dict[str, list[tuple[Message, Classification]]],
) -> None:
    for messages in judged.values():
        for message, says in messages:
            words = " ".join(sentence.text for sentence in message.sentences)
            shown = [one.text for one in says.evidence if one.text not in {*message.attached, message.subject}]
            assert all(" ".join(text.split()) in words for text in shown), message.id
