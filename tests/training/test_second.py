"""The second labelling: of sentences that stand in the corpus, and as far as the documents say."""

from pathlib import Path

from training import second
from training.second import Twice

FOLDER = Path(second.__file__).parent


def test_the_sample_is_of_the_corpus_and_the_documents_say_how_far_the_readers_agree() -> None:
    sample = second.read(FOLDER / "second.tsv")
    assert len(sample) == 240
    for one in sample:
        lines = (FOLDER / one.language / f"{one.file}.txt").read_text(encoding="utf-8").splitlines()
        assert f"{one.first} | {one.sentence}" in lines
    same, kappa = second.agreement(sample)
    said = f"{same:.1%}".replace("%", " %")
    for document in (FOLDER / "README.md", FOLDER.parent / "docs" / "classification.md"):
        text = " ".join(document.read_text(encoding="utf-8").split())
        assert said in text
        assert f"kappa {kappa:.2f}" in text


def test_agreement_takes_off_what_chance_gives() -> None:
    def twice(first: str, again: str) -> Twice:
        return Twice("en", "train-a", first, again, "…")

    half = [twice("data", "data"), twice("none", "none"), twice("data", "none"), twice("none", "data")]
    assert second.agreement(half) == (0.5, 0.0)
    turned = [twice("data+withheld", "withheld+data"), twice("none", "none")]
    assert second.agreement(turned)[0] == 1.0, "the order of joined labels says nothing"
