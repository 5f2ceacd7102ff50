"""Train, check and measure: ``python -m training``, ``… check FILE…``, ``… agreement``, ``… measure test-c``."""

from __future__ import annotations

import sys
from pathlib import Path

from training import second
from training.corpus import read

USAGE = """python -m training                 train on the corpus and write the weights
python -m training check FILE…     say what is wrong in files of the corpus
python -m training agreement       how far a second reader agrees on a sample
python -m training measure NAME    how the shipped weights do on NAME.txt of every language (dev-b, test-c)
Add --corpus FOLDER to read another folder than training/."""
FOLDER = Path(__file__).parent


def main(words: list[str]) -> int:
    """Run one of them; returns the exit code."""
    folder = FOLDER
    if "--corpus" in words:
        place = words.index("--corpus")
        folder = Path(words[place + 1])
        del words[place : place + 2]
    match words:
        case []:
            from training import saving, training  # noqa: PLC0415 (needs what only training needs)

            saving.save(training.train(folder, _say))
            return 0
        case ["check", *files] if files:
            faults = [fault for file in files for fault in read(Path(file)).faults]
            print(*faults, sep="\n", end="\n" if faults else "")
            return 3 if faults else 0
        case ["agreement"]:
            same, kappa = second.agreement(second.read(folder / "second.tsv"))
            print(f"{same:.1%} of the labels are equal, kappa {kappa:.2f}")
            return 0
        case ["measure", name]:
            from training import tables, training  # noqa: PLC0415 (likewise)

            for title, encoded in (("Without the encoder", False), ("With the encoder", True)):
                found = training.judged_by(training.gathered(folder, name), encoded=encoded)
                print(f"### {title}\n\n{tables.report(found)}\n")
            return 0
    print(USAGE)
    return 2


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
