"""Processes are killed at random moments, get in each other's way, and find the disk full; and nothing is lost.

Each round starts a real ``python -m rightskit`` and ends it with SIGKILL somewhere between the opening of the vault and
its end. ``make test`` does 10 rounds of each, ``make soak`` hundreds.
"""

from __future__ import annotations

import csv
import datetime as dt
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

import offline
import pytest

from rightskit.campaign.model import Member, Request
from rightskit.flows import approvals, campaign, members, plan, status
from rightskit.flows import vault as vaults
from rightskit.flows.workspace import Workspace, open_or_create, open_workspace
from rightskit.rights import Right
from rightskit.simulation import controllers, letterbox, maildir, people
from rightskit.vault import check, messages, outgoing, requests, store
from rightskit.vault import members as members_table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = [
    pytest.mark.timeout(3000),
    pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL"),
]

PASSPHRASE = "six invented words for a test"
NOW = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
LETTERS = 60
REQUEST = Request("RK-0000-0000", "M00000001", "schufa", Right.ACCESS, "access", "de", "email", "own-name", NOW.date())


@dataclass
class Stage:
    """A campaign of sixty requests, and the processes that work on it."""

    folder: Path
    rng: random.Random = field(default_factory=lambda: random.Random(6))
    longest: float = 0.0

    def start(self, *words: str | Path, limit: int = 0) -> subprocess.Popen[str]:
        """``python -m rightskit …``; no file may grow beyond ``limit`` bytes."""
        environment = os.environ | {
            "RIGHTSKIT_PASSPHRASE": PASSPHRASE,
            "RIGHTSKIT_TODAY": "2026-03-02" if words[0] == "send" else "2026-05-01",
        }
        program = "import runpy, sys; sys.argv[0] = 'rightskit'; runpy.run_module('rightskit', run_name='__main__')"
        if limit:
            program = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit})); {program}"
        return subprocess.Popen(
            [sys.executable, "-c", program, "-C", str(self.folder), *map(str, words)],
            cwd=offline.CHECKOUT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run(self, *words: str | Path, code: int = 0, limit: int = 0) -> str:
        process = self.start(*words, limit=limit)
        said, _ = process.communicate()
        assert process.returncode == code, said
        return said

    def kill(self, *words: str | Path) -> bool:
        """Start a command, kill it between the opening of the vault and its end, and tell whether it had ended."""
        opened = self.folder / "vault.db-open.lock"
        opened.unlink(missing_ok=True)
        process = self.start(*words)
        while not opened.exists() and process.poll() is None:
            time.sleep(0.001)
        begun = time.monotonic()
        try:
            process.communicate(timeout=self.rng.uniform(0, self.longest * 1.1) if self.longest else None)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.communicate()
        else:
            self.longest = max(self.longest, time.monotonic() - begun)
        assert process.returncode in {0, -signal.SIGKILL}
        return process.returncode == 0

    def open(self) -> Workspace:
        return open_workspace(self.folder, lambda: PASSPHRASE, NOW, NOW.date())

    def facts(self) -> Facts:
        """What the vault says, after it was found whole."""
        space = self.open()
        try:
            assert vaults.check(space).problems == ()
            with space.vault.read() as connection:
                return Facts.of(space, connection)
        finally:
            space.vault.close()


@dataclass(frozen=True)
class Facts:
    """What must be the same in the end, whatever was killed on the way."""

    letters: dict[str, tuple[str, bytes, str]]
    events: Counter[tuple[str, str, str, str]]
    replies: dict[str, tuple[Any, ...]]

    @classmethod
    def of(cls, space: Workspace, connection: Any) -> Facts:
        rows = connection.execute(outgoing.select(outgoing.schema.outgoing)).all()
        filings = messages.filings(connection)
        history = requests.events_by_request(connection)
        return cls(
            {f"{row.reference}-{row.letter}.eml": (row.message_id, row.raw, row.state) for row in rows},
            Counter((e.reference, e.kind, str(e.happened), e.evidence) for some in history.values() for e in some),
            {
                found.id: (
                    found.status,
                    found.primary_kind,
                    tuple(sorted(str((one.reference, one.filed)) for one in filings[found.id])),
                )
                for found in messages.all_messages(connection)
                if found.id in filings  # one that is kept and not read yet is read by the next sync
            },
        )

    def of_kind(self, kind: str) -> int:
        return sum(number for (_, found, _, _), number in self.events.items() if found == kind)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty requests are planned."""
    folder = campaign.new("openschufa", tmp_path_factory.mktemp("kill") / "planned")
    people.write_members(folder / "members.csv", 12, 15)
    space = open_or_create(folder, lambda: PASSPHRASE, NOW, NOW.date())
    members.import_(space, folder / "members.csv", keep_valid=True)
    assert len(plan.plan(space, dry_run=False).requests) == LETTERS
    approvals.approve(space, [], [], "Ada Beispiel")
    space.vault.close()
    return folder


@pytest.fixture(scope="module")
def answered(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All were sent, and a Maildir has the answers of two months."""
    folder = shutil.copytree(made, tmp_path_factory.mktemp("kill") / "answered")
    stage = Stage(folder)
    stage.run("send", "--to", "outbox")
    stage.run("posted", "2026-03-02-outbox-1", "--date", "2026-03-02")
    space = stage.open()
    world = controllers.World(space.campaign.organiser.email, 15, sheets=0)
    space.vault.close()
    mails = letterbox.read_outbox(folder / "outbox", NOW.date())
    coming = ((a.when, raw) for a, raw in controllers.answers(mails, world, NOW.date(), dt.date(2026, 5, 1)))
    assert maildir.deliver(folder / "Maildir", coming) > LETTERS
    return folder


@pytest.fixture
def copies(tmp_path: Path) -> Iterator[Any]:
    """``copies(folder)``: a fresh copy at each call."""
    number = 0

    def copy(folder: Path) -> Path:
        nonlocal number
        number += 1
        shutil.rmtree(tmp_path / f"copy-{number - 1}", ignore_errors=True)
        return shutil.copytree(folder, tmp_path / f"copy-{number}")

    return copy


def test_sending_is_killed(made: Path, copies: Any, rounds: int) -> None:
    """Every letter lies in the outbox once, whole, and under the Message-ID that it was first given."""
    stage = Stage(copies(made))
    given: dict[str, str] = {}
    killed = 0
    for _ in range(rounds):
        ended = stage.kill("send", "--to", "outbox")
        killed += not ended
        facts = stage.facts()
        for name, (message_id, _, _) in facts.letters.items():
            assert given.setdefault(name, message_id) == message_id
        for path in (stage.folder / "outbox").glob("*.eml"):
            assert path.read_bytes() == facts.letters[path.name][1]
        assert facts.of_kind("queued") == sum(state == "queued" for _, _, state in facts.letters.values())
        if ended:
            assert len(facts.letters) == LETTERS == len(list((stage.folder / "outbox").glob("*.eml")))
            assert {state for _, _, state in facts.letters.values()} == {"queued"}
            assert facts.of_kind("queued") == LETTERS
            stage.folder, given = copies(made), {}
    stage.run("send", "--to", "outbox")
    files = {path.name: path.read_bytes() for path in (stage.folder / "outbox").glob("*.eml")}
    facts = stage.facts()
    assert files == {name: raw for name, (_, raw, _) in facts.letters.items()}
    assert len(files) == LETTERS == facts.of_kind("queued")
    assert all(facts.letters[name][0] == message_id for name, message_id in given.items())
    assert len({message_id for message_id, _, _ in facts.letters.values()}) == LETTERS
    assert killed >= rounds // 4


def test_syncing_is_killed(answered: Path, copies: Any, rounds: int) -> None:
    """In the end each reply is there once, with what follows from it once: as if nothing had been killed.

    One at which two runs in a row were killed is left to a person, since it may be the message itself that kills.
    """
    stage = Stage(copies(answered))
    stage.kill("sync", "--from", stage.folder / "Maildir")
    expected = stage.facts()
    assert len(expected.replies) > LETTERS
    stage.folder = copies(answered)
    killed = 0
    for _ in range(rounds):
        ended = stage.kill("sync", "--from", stage.folder / "Maildir")
        killed += not ended
        facts = stage.facts()
        left = _left_to_a_person(facts)
        assert facts.replies.items() - left <= expected.replies.items()
        assert facts.events <= expected.events
        if ended:
            assert facts.replies.keys() == expected.replies.keys()
            assert left or facts == expected
            stage.folder = copies(answered)
    stage.run("sync", "--from", stage.folder / "Maildir")
    facts = stage.facts()
    assert facts.replies.keys() == expected.replies.keys()
    assert len(_left_to_a_person(facts) - expected.replies.items()) <= killed
    assert killed >= rounds // 4


def _left_to_a_person(facts: Facts) -> set[tuple[str, tuple[Any, ...]]]:
    return {item for item in facts.replies.items() if item[1] == ("review", "other", ("(None, False)",))}


def test_logging_is_killed(answered: Path, copies: Any, rounds: int) -> None:
    """A file of events is noted whole or not at all, and what was reported as done is there."""
    stage = Stage(copies(answered))
    file = stage.folder / "calls.csv"
    before = stage.facts()
    reported = killed = noted = 0
    for number in range(rounds):
        _write_events(file, sorted({reference for reference, *_ in before.events}), f"call {number}")
        ended = stage.kill("log", "--from", file)
        killed += not ended
        reported += ended
        facts = stage.facts()
        found = sum(facts.events[key] for key in facts.events if key[3] == f"call {number}")
        assert found == LETTERS if ended else found in {0, LETTERS}
        noted += found
        assert facts.of_kind("noted") == before.of_kind("noted") + noted
    assert noted >= reported * LETTERS
    assert killed >= rounds // 4


NOTING = """\
import datetime as dt, sys
from pathlib import Path
from rightskit.cases.model import Event, EventKind
from rightskit.vault import requests, store
store._PRAGMAS = ("kdf_iter = 1000", *store._PRAGMAS)
vault = store.open_(Path(sys.argv[1]), sys.argv[2])
now = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)
for batch in range(int(sys.argv[4])):
    evidence = f"{sys.argv[3]} {batch}"
    with vault.write() as connection:
        events = [Event("RK-0000-0000", EventKind.NOTED, now.date(), now, evidence=evidence) for _ in range(50)]
        requests.record(connection, events)
    print(batch, flush=True)
"""


def test_of_two_processes_on_one_vault_one_is_killed(
    tmp_path: Path, rounds: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each waits for its turn. What either reported is there, whole and once, whenever the other dies."""
    monkeypatch.setattr(store, "_PRAGMAS", ("kdf_iter = 1000", *store._PRAGMAS))
    vault = store.create(tmp_path, PASSPHRASE)
    with vault.write() as connection:
        members_table.add(connection, [Member("M00000001", "Jana", "Özdemir")])
        requests.add(connection, [REQUEST])
    rng = random.Random(6)
    for number in range(rounds):
        stays, dies = (
            _noting(tmp_path, f"{name} {number}", batches) for name, batches in (("stays", 20), ("dies", 500))
        )
        reported = [dies.stdout.readline() for _ in range(rng.randrange(1, 12))]
        time.sleep(rng.uniform(0, 0.01))
        dies.kill()
        reported += dies.communicate()[0].splitlines()
        assert len(stays.communicate()[0].splitlines()) == 20
        assert stays.returncode == 0
        with vault.read() as connection:
            found = Counter(e.evidence for e in requests.events_by_request(connection)["RK-0000-0000"])
        assert set(found.values()) == {50}
        assert all(f"stays {number} {batch}" in found for batch in range(20))
        whole = sum(name.startswith(f"dies {number} ") for name in found)
        assert len(reported) <= whole <= len(reported) + 1
    with vault.read() as connection:
        assert check.pages(connection) == []
    vault.close()


def _noting(folder: Path, name: str, batches: int) -> subprocess.Popen[str]:
    words = [sys.executable, "-c", NOTING, str(folder), PASSPHRASE, name, str(batches)]
    return subprocess.Popen(words, cwd=offline.CHECKOUT, stdout=subprocess.PIPE, text=True)


def _write_events(file: Path, references: list[str], note: str) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(("request", "event", "date", "evidence"))
        rows.writerows((reference, "noted", "2026-04-01", note) for reference in references)


REKEYING = """\
import sys
from pathlib import Path
from rightskit.vault import backup, store
store._PRAGMAS = ("kdf_iter = 1000", *store._PRAGMAS)
vault = store.open_(Path(sys.argv[1]), sys.argv[2])
print("open", flush=True)
backup.rekey(vault, sys.argv[3])
"""


def test_a_change_of_the_passphrase_is_killed(tmp_path: Path, rounds: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The vault opens with the old passphrase or with the new one, with one of them alone, and is whole."""
    monkeypatch.setattr(store, "_PRAGMAS", ("kdf_iter = 1000", *store._PRAGMAS))
    vault = store.create(tmp_path, PASSPHRASE)
    with vault.write() as connection:
        for number in range(2000):
            messages.store(connection, f"{number:064}", os.urandom(2000))
    vault.close()
    rng, current, longest = random.Random(6), PASSPHRASE, 0.0
    opened: Counter[str] = Counter()
    for number in range(rounds):
        new = f"passphrase {number}"
        process = subprocess.Popen(
            [sys.executable, "-c", REKEYING, str(tmp_path), current, new], cwd=offline.CHECKOUT, stdout=subprocess.PIPE
        )
        assert process.stdout is not None
        process.stdout.readline()
        begun = time.monotonic()
        try:  # the first is let go to its end, the second has no time at all
            process.communicate(timeout=rng.uniform(0, longest) * (number > 1) if number else None)
            longest = longest or time.monotonic() - begun
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
        found = [passphrase for passphrase in (current, new) if _opens(tmp_path, passphrase)]
        assert len(found) == 1
        assert process.returncode != 0 or found == [new]
        opened["new" if found == [new] else "old"] += 1
        current = found[0]
    assert len(opened) == 2


def _opens(folder: Path, passphrase: str) -> bool:
    try:
        vault = store.open_(folder, passphrase)
    except store.WrongPassphraseError:
        return False
    with vault.read() as connection:
        assert check.pages(connection) == []
        assert check.counts(connection)["parts"] == 2000
    vault.close()
    return True


def test_two_processes_send_at_once(made: Path, copies: Any) -> None:
    """One writes, the other says that somebody is at it, or finds nothing left to write."""
    stage = Stage(copies(made))
    processes = [stage.start("send", "--to", "outbox") for _ in range(3)]
    said = [process.communicate()[0] for process in processes]
    assert 0 in {process.returncode for process in processes}
    for process, text in zip(processes, said, strict=True):
        assert process.returncode in {0, 5}, text
        assert process.returncode == 0 or "Another rightskit is at send on this campaign" in text
    facts = stage.facts()
    assert len(facts.letters) == LETTERS == facts.of_kind("queued")
    assert len(list((stage.folder / "outbox").glob("*.eml"))) == LETTERS


def test_many_processes_write_at_once_and_each_waits_for_its_turn(answered: Path, copies: Any) -> None:
    stage = Stage(copies(answered))
    references = sorted({reference for reference, *_ in stage.facts().events})
    files = [stage.folder / f"calls-{number}.csv" for number in range(4)]
    for file in files:
        _write_events(file, references, file.name)
    processes = [stage.start("log", "--from", file) for file in files]
    processes.append(stage.start("sync", "--from", stage.folder / "Maildir"))
    for process in processes:
        said, _ = process.communicate()
        assert process.returncode == 0, said
    facts = stage.facts()
    for file in files:
        assert sum(facts.events[key] for key in facts.events if key[3] == file.name) == LETTERS
    assert len(facts.replies) > LETTERS


def test_a_full_disk_while_replies_are_read(answered: Path, copies: Any) -> None:
    """A clear sentence, the code 6, what was kept stays; with room again the rest is read."""
    stage = Stage(copies(answered))
    stage.facts()  # which leaves no journal: it grows from nothing
    for number in range(100):
        text = f"From: shop@example.org\nSubject: Offer {number}\n\n" + "A long offer of invented things.\n" * 800
        (stage.folder / "Maildir" / "new" / f"9999999999.{number:03}").write_text(text)
    said = stage.run("sync", "--from", stage.folder / "Maildir", code=6, limit=1_500_000)
    assert "disk" in said
    assert "Make room" in said
    assert "Traceback" not in said
    before = stage.facts()
    assert before.replies
    stage.run("sync", "--from", stage.folder / "Maildir")
    after = stage.facts()
    assert len(after.replies) > LETTERS
    assert before.replies.items() <= after.replies.items()
    space = stage.open()
    assert len(status.cases(space)) == LETTERS
    space.vault.close()
