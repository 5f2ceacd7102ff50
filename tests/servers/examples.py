"""The examples of the documents and of ``--help``: where they stand, and how they end when they are typed."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import scenes
from typer.main import get_command

from rightskit.cli.main import app
from rightskit.flows import demo
from rightskit.simulation import letterbox

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest
    from shell import Ran, Shell

DOCS = Path(__file__).parents[2] / "docs"
NOT_RUN = {
    "rightskit demo": "tests/cli run it",
    "rightskit -C demo-campaign": "its lines are those of the demo",
    "rightskit controllers import data-master.tar.gz": "the registry's archive is not here; tests/registry have a small one",
    "rightskit controllers export": "likewise",
    "rightskit data extract linky.csv": "tests/flows/test_local.py has such a file",
}
ENDS = {
    "rightskit accounts add campaign": (5, "it is there already"),
    "rightskit members import answers.csv": (3, "columns of the form are not known yet, and are named"),
    "rightskit members stay": (5, "nobody wants to withdraw"),
    "rightskit plan --randomise": (5, "the campaign declares no arms"),
    "rightskit posted 2026-03-02-print-1 --date 2026-03-03": (5, "the letters were written later here"),
    "rightskit followup --complaints": (4, "no member has said yes"),
    "rightskit data review --": (4, "nothing is in doubt"),
    "rightskit data unlock RK-7G2K-4Q9A": (4, "nothing is locked"),
    "rightskit pool release --research": (5, "too few agreed to research"),
    "rightskit dossier suedstern": (4, "an invented controller"),
    "rightskit dossier schufa": (5, "the one of that day is there"),
    "rightskit export --again": (5, "the campaign has changed since that export"),
    "rightskit replies refile 91b2ce": (4, "no authority wrote in this campaign"),
    "rightskit replies refile 3f2a91 --kind authority": (5, "no complaint was lodged about that request"),
    "rightskit vault recover": (4, "a new passphrase has ended the second key"),
}
LATE = ("members withdraw", "members forget", "mandates revoke", "campaign close", "vault restore", "vault re")
"""What takes something away comes last, in this order."""
ANSWERS = {
    "rightskit letter access": "Jana Özdemir\nLindenallee 12, 24105 Kiel\n1988-04-09\n",
    "rightskit letter withdrawal": "Jana Özdemir\njana@example.org\nLindenallee 12, 24105 Kiel\n1988-04-09\n",
    "rightskit members add": "Jana\nÖzdemir\nLindenallee 12\n24105\nKiel\nDE\n" + "\n" * 20,
    "rightskit vault rekey": "seven other invented words\n" * 2,
}


_MANDATE = re.compile(r"\bV[0-9A-Z]{8}\b")


def lines() -> Iterator[str]:
    """Each example once, as it is typed."""
    found = [line for path in sorted(DOCS.glob("*.md")) for line in _shown(path.read_text(encoding="utf-8"))]
    found += [line for text in _helps(get_command(app)) for line in re.findall(r"Example: `(rightskit [^`]+)`", text)]
    yield from sorted(dict.fromkeys(found), key=_turn)


def _shown(text: str) -> Iterator[str]:
    for block in re.findall(r"^```[^\n]*\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
        for line in block.splitlines():
            if re.match(r"(\$ )?rightskit ", line):
                yield line.removeprefix("$ ").partition("  #")[0].strip()


def _helps(command: object) -> Iterator[str]:
    inner = getattr(command, "commands", {})
    for one in inner.values():
        yield from _helps(one)
    if not inner:
        yield getattr(command, "help", None) or ""


def _turn(line: str) -> int:
    return next((at for at, words in enumerate(LATE, 1) if f"rightskit {words}" in line), 0)


def code(line: str) -> int:
    """The exit code with which a line ends."""
    return next((code for beginning, (code, _) in ENDS.items() if line.startswith(beginning)), 0)


def typed_in(shell: Shell, patch: pytest.MonkeyPatch) -> Iterator[tuple[str, Ran]]:
    """Type all examples in a campaign, and give the lines with how their commands ended."""
    patch.setenv("RIGHTSKIT_HOME", str(shell.home / ".rightskit"))
    shell.type("rightskit send --to print")
    _name(shell)
    _lay_out(shell)
    done = {one.words for one in shell.ran}
    for line in lines():
        if line.startswith(tuple(NOT_RUN)) or shlex.join(shlex.split(line)) in done:
            continue
        said = next((answers for beginning, answers in ANSWERS.items() if line.startswith(beginning)), "y\n" * 3)
        yield from ((line, one) for one in shell.type(line, said))


def _name(shell: Shell) -> None:
    """What the examples speak of, as it is called in this campaign."""
    signed = [one["member"] for one in _told(shell, "members list") if one["mandate"] and one["consent"]]
    requests = [one["request"] for one in _told(shell, "status")]
    table = shell.type("rightskit replies list")[0].said.splitlines()
    message = next(line.split()[-1] for line in table if " data " in line)
    others = [line for line in shell.type("rightskit mandates list")[0].said.splitlines() if signed[0] not in line]
    mandate = next(found for found in map(_MANDATE.search, others) if found)
    shell.names |= {
        "M7K2QX9DA": signed[0],
        "RK-0M3Q-8XWC": requests[-1],
        "2a71c7": message,
        "3f2a91": message,
        "V3N8QX2TA": mandate[0],
        "2026-03-02-print-1": "2026-05-04-print-1",
        "openschufa-2026-03-02": "openschufa-2026-05-04",
        "/media/stick": str(shell.home / "stick"),
    }


def _told(shell: Shell, words: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in shell.type(f"rightskit {words} --json")[0].said.splitlines()]


def _lay_out(shell: Shell) -> None:
    """The files that the examples name."""
    pdf = (shell.home / "schufa-access.pdf").read_bytes()
    for name in ("signed.pdf", "pile.pdf"):
        Path(name).write_bytes(pdf)
    for place in (Path("scans"), shell.home / "scans"):
        place.mkdir()
    (shell.home / "scans" / f"{shell.names['M7K2QX9DA']}.pdf").write_bytes(pdf)
    shell.type("rightskit campaign new openschufa my-campaign")  # for the lines with -C
    (shell.home / "stick").mkdir()
    mail = letterbox.read_outbox(Path("outbox"), demo.START)[0]
    Path("export.zip").write_bytes(scenes.export(mail))
    shutil.copy("export.zip", "my-export.zip")
    text = Path("campaign.yaml").read_text(encoding="utf-8")
    Path("campaign.yaml").write_text(text.replace("pace: 60 ", "pace: 36000 "), encoding="utf-8")
    Path("reason.txt").write_text("Ich werde bedroht.\n", encoding="utf-8")
    Path("their-reply.txt").write_text("Wir haben alle Fristen gehalten.\n", encoding="utf-8")
    Path("controllers.yaml").write_text("controllers: []\n", encoding="utf-8")
