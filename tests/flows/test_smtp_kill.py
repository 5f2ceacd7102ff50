"""``send --to smtp`` is killed at random moments, while connections break too: every letter arrives once, or is held.

Each round starts a real ``python -m rightskit`` that sends to a server on loopback, and ends it with SIGKILL somewhere
between its first connection and its end. ``make test`` does 10 rounds, ``make soak`` hundreds.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import letterbox
import offline
import pytest
from letterbox import Letterbox, Running

from rightskit import paths
from rightskit.vault import check, outgoing, requests, store

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [
    pytest.mark.timeout(3000),
    pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL"),
]
LETTERS = 9
PROGRAM = """\
import sys
from rightskit.vault import store
store._PRAGMAS = ("kdf_iter = 1000", *store._PRAGMAS)
from rightskit.cli.main import main
sys.argv[0] = "rightskit"
main()
"""


@dataclass
class Stage:
    """A campaign of nine letters by mail, the server that takes them, and the processes that send."""

    campaign: Any
    box: Letterbox
    rng: random.Random = field(default_factory=lambda: random.Random(7))
    longest: float = 0.3

    def start(self, *words: str) -> subprocess.Popen[str]:
        environment = os.environ | {"RIGHTSKIT_TODAY": "2026-03-02"}
        return subprocess.Popen(
            [sys.executable, "-c", PROGRAM, "-C", str(self.campaign.folder), *words],
            cwd=offline.CHECKOUT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def kill(self) -> bool:
        """Send, be killed some time after the first connection, and tell whether the sending had ended by then."""
        before = self.box.connections
        process = self.start("send", "--to", "smtp", "--yes")
        while self.box.connections == before and process.poll() is None:
            time.sleep(0.0005)
        begun = time.monotonic()
        try:
            said, _ = process.communicate(timeout=self.rng.uniform(0, self.longest))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            said, _ = process.communicate()
        else:
            self.longest = time.monotonic() - begun
        assert process.returncode in {0, 6, -signal.SIGKILL}, said
        return process.returncode >= 0

    def letters(self, passphrase: str) -> dict[str, tuple[str, str]]:
        """Reference -> Message-ID and state, after the vault was found whole."""
        vault = store.open_(self.campaign.folder, passphrase)
        try:
            with vault.read() as connection:
                assert list(check.problems(connection)) == []
                history = requests.events_by_request(connection)
                kept = outgoing.in_state(connection, "sending", "doubt", "sent", "refused")
                sent = Counter(e.reference for some in history.values() for e in some if e.kind == "sent")
        finally:
            vault.close()
        found = {one.reference: (one.message_id, one.state) for one in kept}
        assert sent == Counter({name: 1 for name, (_, state) in found.items() if state == "sent"})
        return found


def test_sending_by_smtp_is_killed(planned, tmp_path: Path, rounds: int) -> None:
    (paths.config_dir() / "accounts.yaml").unlink()
    with Running() as box:
        first = shutil.copytree(planned.folder, tmp_path / "first")
        _settle(first, box.port)
        planned.folder = shutil.copytree(first, tmp_path / "stage")
        stage = Stage(planned, box)
        killed = held = delivered = campaigns = 0
        for _ in range(rounds):
            box.drops = [stage.rng.choice(letterbox.STAGES)] * (stage.rng.random() < 0.3)
            ended = stage.kill()
            killed += not ended
            found = _judge(stage)
            if ended or len(found) == LETTERS:
                held += sum(state != "sent" for _, state in found.values())
                delivered += _finish(stage)
                campaigns += 1
                shutil.rmtree(stage.campaign.folder)
                shutil.copytree(first, stage.campaign.folder)
                box.taken.clear()
        delivered += _finish(stage)
    assert delivered == (campaigns + 1) * LETTERS
    assert killed >= rounds // 4
    sys.stdout.write(f"{rounds} rounds: {killed} killed, {delivered} letters arrived once, {held} of them were held\n")


def _settle(folder: Path, port: int) -> None:
    text = (
        "accounts: {campaign: {address: campaign@mitmachen.example, "
        f"smtp: {{host: localhost, port: {port}, user: campaign, security: none-on-loopback}}}}}}\n"
    )
    (paths.config_dir() / "accounts.yaml").write_text(text, encoding="utf-8")
    path = folder / "campaign.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "pace: {per_minute: 1000000}\n", encoding="utf-8")


def _judge(stage: Stage) -> dict[str, tuple[str, str]]:
    """No letter arrived twice; what is noted as sent arrived; what arrived is noted as sent, or held."""
    found = stage.letters(os.environ["RIGHTSKIT_PASSPHRASE"])
    arrived = Counter(stage.box.ids())
    assert max(arrived.values(), default=0) <= 1
    references = Counter(key.strip("<").partition(".")[0] for key in arrived)
    assert max(references.values(), default=0) <= 1
    assert {key for key, state in found.values() if state == "sent"} <= set(arrived)
    assert set(arrived) <= {key for key, _ in found.values()}
    return found


def _finish(stage: Stage) -> int:
    """A person looks up what is held, and the rest is sent: then each letter has arrived once; gives their number."""
    for reference, (key, state) in _judge(stage).items():
        if state != "sent":
            stage.campaign("posted", reference, *([] if key in stage.box.ids() else ["--not-sent"]))
    stage.box.drops = []
    stage.campaign("send", "--to", "smtp", "--yes")
    found = _judge(stage)
    assert {state for _, state in found.values()} == {"sent"}
    assert len(found) == len(stage.box.taken) == LETTERS
    return LETTERS
