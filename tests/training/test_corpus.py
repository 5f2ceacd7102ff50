"""The reader of the training corpus: the file stands in the test's docstring."""

import inspect
from pathlib import Path

import pytest

from training.corpus import Corpus, read
from training.replies import as_reply

ROOT = Path(__file__).parent.parent.parent / "training"


@pytest.fixture
def corpus(request: pytest.FixtureRequest, tmp_path: Path) -> Corpus:
    file = tmp_path / "x.txt"
    file.write_text(inspect.cleandoc(request.function.__doc__ or ""), encoding="utf-8")
    return read(file)


def test_a_message_and_lone_sentences(corpus: Corpus) -> None:
    """
    === en-a-001
    kinds: data acknowledgement
    right: access
    voice: a shop
    subject: Your request: done
    attached: a.csv, b.pdf
    none | Hello Kim,

    acknowledgement | Got your letter.
    data+withheld | Here is all | or nearly all.

    === sentences
    no-data | Nobody here knows you.
    """
    assert corpus.faults == ()
    (message,) = corpus.messages
    assert message.kinds == ("data", "acknowledgement")
    assert message.subject == "Your request: done"
    assert message.attached == ("a.csv", "b.pdf")
    assert [(one.labels, one.opens) for one in message.sentences] == [
        (("none",), False),
        (("acknowledgement",), True),
        (("data", "withheld"), False),
    ]
    assert message.sentences[2].text == "Here is all | or nearly all."
    assert [one.text for one in corpus.lone] == ["Nobody here knows you."]


def test_faults_have_lines_and_the_rest_goes_on(corpus: Corpus) -> None:
    """
    === en-a-001
    kinds: acknowledgement data
    right: access
    none | Hello,
    === en-a-002
    kinds: data
    right: everything
    data Here it is.
    datum | Here it is.
    === en-a-003
    kinds: nothing
    none | Hello,
    === en-a-004
    none | Hello,
    === en-a-005
    kinds: other
    === en-a-006
    kinds: other
    other | Buy!
    === en-a-006
    kinds: other
    other | Buy more!
    """
    assert [(fault.line, fault.message) for fault in corpus.faults] == [
        (2, "kinds out of order"),
        (8, "not of the form `label | sentence`"),
        (9, "unknown label datum"),
        (7, "unknown right"),
        (11, "unknown kind nothing"),
        (13, "en-a-004 says no kinds"),
        (15, "en-a-005 has no sentence"),
        (20, "en-a-006 stands twice"),
    ]
    assert [message.id for message in corpus.messages] == ["en-a-006"]


def test_a_message_becomes_a_mail_with_running_text(corpus: Corpus) -> None:
    """
    === en-a-001
    kinds: no-data
    subject: Hi
    none | Dear Kim,
    no-data | We looked.
    no-data | Nothing there.
    none | Jo
    """
    reply = as_reply(corpus.messages[0])
    assert reply.text == "Dear Kim,\n\nWe looked. Nothing there.\n\nJo"
    assert reply.subject == "Hi"


@pytest.mark.parametrize("file", sorted(ROOT.glob("*/*.txt")), ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_the_corpus_has_no_fault(file: Path) -> None:
    assert read(file).faults == ()


MACHINES = {"none", "bounce", "delay", "auto-reply"}


@pytest.mark.parametrize("name", ["dev-b.txt", "test-c.txt"])
def test_what_is_measured_was_not_learnt(name: str) -> None:
    """Greetings and the standing texts of mail servers are everybody's."""
    for file in sorted(ROOT.glob("*/train-a.txt")):
        corpus = read(file)
        learnt = {one.text for message in corpus.messages for one in message.sentences} | {
            one.text for one in corpus.lone
        }
        if (other := file.with_name(name)).exists():
            apart = [one for message in read(other).messages for one in message.sentences]
            assert not learnt & {one.text for one in apart if not MACHINES & set(one.labels)}, other
