"""Nothing is lost and nothing doubled: processes are killed, connections cut, folders deleted and made again."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import offline
import pytest
from small_campaign import campaign, reply
from typer.testing import CliRunner

from rightskit import paths
from rightskit.cli import session
from rightskit.cli.main import app
from rightskit.flows import account, sync, watch
from rightskit.mailbox import inbox
from rightskit.vault import messages, positions, requests, store

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["campaign"]

pytestmark = pytest.mark.timeout(1200)
KILLED = """\
import sys
from rightskit.flows import sync
from rightskit.vault import store
store._PRAGMAS = ("kdf_iter = 1000", *store._PRAGMAS)
sync.BATCH = 3
sys.argv = ["rightskit", "sync"]
from rightskit.cli.main import main
main()
"""


@contextlib.contextmanager
def vault() -> Iterator[Any]:
    """What the vault of the campaign in this folder says."""
    opened = store.open_(Path(), "invented words")
    try:
        with opened.read() as connection:
            yield connection
    finally:
        opened.close()


def all_there_once(expected: set[bytes]) -> None:
    """Every message is kept, with one event for each that names the request; and the vault is whole."""
    with vault() as connection:
        kept = list(messages.all_messages(connection))
        assert {messages.fetch(connection, one.id) for one in kept} == expected
        events = [event for some in requests.events_by_request(connection).values() for event in some]
        heard = Counter(event.evidence for event in events if event.source == "message")
        assert heard == Counter(one.id for one in kept)
        assert messages.unread(connection) == []
    assert CliRunner().invoke(app, ["vault", "check"]).exit_code == 0


def reference() -> str:
    return next(Path("outbox").glob("*.eml")).name[:12]


def mail(number: int, padding: int = 0) -> bytes:
    more = b"".join(b"X-Padding: %d\r\n" % line for line in range(padding))
    return more + reply(reference(), 1).replace(b"<1@", f"<{number}@".encode())


@pytest.fixture
def march(campaign: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("RIGHTSKIT_TODAY", "2026-03-10")
    return campaign


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_killed_at_random_moments_it_goes_on_where_it_was(march: Any, cli: Any, rounds: int) -> None:
    rng, longest, expected = random.Random(7), 0.0, set()
    command = [sys.executable, "-c", KILLED]
    environment = os.environ | {"PYTHONPATH": f"{offline.CHECKOUT}{os.pathsep}{os.environ['PYTHONPATH']}"}
    for number in range(rounds):
        for part in range(7):
            raw = mail(100 * number + part)
            march.deliver(raw, ["", ".Entw&APw-rfe"][part % 2], name=f"{number}-{part}")
            expected.add(raw)
        opened = Path("vault.db-open.lock")
        opened.unlink(missing_ok=True)
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        while not opened.exists() and process.poll() is None:
            time.sleep(0.001)
        begun = time.monotonic()
        try:
            process.communicate(timeout=rng.uniform(0, longest) if longest else None)
            longest = longest or time.monotonic() - begun
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.communicate()
        assert process.returncode in {0, -signal.SIGKILL}
    cli("sync")
    all_there_once(expected)
    assert march.flags() == {""}


class Cutting:
    """A way to a server on loopback that breaks off after so many bytes of its answers."""

    def __init__(self, port: int) -> None:
        self._target = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        self._open = True
        self.port: int = self._listener.getsockname()[1]
        self.allowed: float = float("inf")
        self._threads = [threading.Thread(target=self._serve)]
        self._threads[0].start()

    def _serve(self) -> None:
        while (client := self._listener.accept()[0]) and self._open:
            pair = client, socket.create_connection(("127.0.0.1", self._target))
            self._pairs.append(pair)
            for carry in (self._to_server, self._to_client):
                self._threads.append(threading.Thread(target=carry, args=pair))
                self._threads[-1].start()
        client.close()

    def _to_server(self, client: socket.socket, server: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := client.recv(4096):
                server.sendall(data)
        _end(client, server)

    def _to_client(self, client: socket.socket, server: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while self.allowed > 0 and (data := server.recv(4096)):
                some = data[: int(min(len(data), self.allowed))]
                if self.allowed < float("inf"):  # else the test may be setting it at this very moment
                    self.allowed -= len(some)
                client.sendall(some)
        _end(client, server)

    def cut(self) -> None:
        for pair in self._pairs:
            _end(*pair)

    def close(self) -> None:
        """Let nothing of it live on: a thread that still accepted would take what the next test's port is meant for."""
        self._open = False
        socket.create_connection(("127.0.0.1", self.port)).close()  # what waits to accept does not notice a close
        self._threads[0].join()
        self._listener.close()
        self.cut()
        for thread in self._threads[1:]:
            thread.join()
        for pair in self._pairs:
            for one in pair:
                one.close()


def _end(*pair: socket.socket) -> None:
    for one in pair:
        with contextlib.suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def way(march: Any) -> Iterator[Cutting]:
    """The account leads over a way that can be cut."""
    cutting = Cutting(march.port)
    file = paths.config_dir() / "accounts.yaml"
    text = file.read_text(encoding="utf-8")
    server = f"{{host: 127.0.0.1, port: {cutting.port}, user: erika, security: none-on-loopback}}"
    old = text[text.index("{host") : text.index("}") + 1]
    file.write_text(text.replace(old, server), encoding="utf-8")
    yield cutting
    cutting.close()


def test_a_connection_that_breaks_in_the_middle_of_a_message_loses_nothing(
    march: Any, way: Cutting, cli: Any, rounds: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sync, "BATCH", 3)
    rng, expected, codes = random.Random(8), set(), Counter[int]()
    for number in range(rounds):
        for part in range(4):
            raw = mail(100 * number + part, padding=100)
            march.deliver(raw, name=f"{number}-{part}")
            expected.add(raw)
        way.allowed = rng.randrange(12_000)
        codes[CliRunner().invoke(app, ["sync"]).exit_code] += 1
    assert set(codes) <= {0, 6}
    assert codes[6] > rounds // 2
    way.allowed = float("inf")
    cli("sync")
    all_there_once(expected)


def test_what_came_before_the_server_broke_off_is_told(
    march: Any, way: Cutting, cli: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sync, "BATCH", 1)
    monkeypatch.setattr(inbox, "_BATCH_MESSAGES", 1)
    for number in range(60):
        march.deliver(mail(number), name=str(number))
    way.allowed = 20_000
    said = cli("sync", code=6).output
    way.allowed = float("inf")
    came = int(said.partition(" new messages")[0].split()[-1])
    assert 0 < came < 60
    assert f"{60 - came} new messages" in cli("sync").output


def test_a_folder_that_is_deleted_and_made_again_is_read_again_and_its_mail_known(march: Any, cli: Any) -> None:
    for number in (1, 2):
        march.deliver(mail(number), ".Entw&APw-rfe", name=str(number))
    assert "2 new messages" in cli("sync").output
    shutil.rmtree(march.mail / ".Entw&APw-rfe")
    assert "no folder 'Entwürfe'" in cli("sync").output
    time.sleep(1.1)  # the server makes UIDVALIDITY from the second
    for number in (2, 3):
        march.deliver(mail(number), ".Entw&APw-rfe", name=str(number))
    assert "1 new messages: 1 filed. 1 were known." in cli("sync").output
    assert "0 new messages: nothing new. 0 were known." in cli("sync").output
    all_there_once({mail(number) for number in (1, 2, 3)})


def test_the_same_message_twice_is_kept_once_and_not_fetched_again(march: Any, cli: Any) -> None:
    for name, folder in (("1", ""), ("2", ""), ("3", ".Entw&APw-rfe")):
        march.deliver(mail(1), folder, name=name)
    assert "1 new messages: 1 filed. 2 were known." in cli("sync").output
    assert "0 new messages: nothing new. 0 were known." in cli("sync").output


def test_once_a_week_the_whole_folder_is_compared(march: Any, cli: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in (1, 2, 3):
        march.deliver(mail(number), name=str(number))
    cli("sync")
    opened = store.open_(Path(), "invented words")
    with opened.write() as connection:  # as if one had never come
        lost = next(one for one in messages.all_messages(connection) if one.message_id == "<2@schufa.de>")
        for table in ("filings", "messages", "parts"):
            column = {"filings": "message", "messages": "id", "parts": "owner"}[table]
            connection.exec_driver_sql(f"DELETE FROM {table} WHERE {column} = ?", (lost.id,))
    opened.close()
    assert "0 new messages: nothing new. 0 were known." in cli("sync").output
    monkeypatch.setenv("RIGHTSKIT_TODAY", "2026-03-17")
    assert "1 new messages: 1 filed. 0 were known." in cli("sync").output
    with vault() as connection:
        assert {str(at.reconciled) for at in positions.all_(connection, "campaign").values()} == {"2026-03-17"}


def test_large_and_many_and_broken_messages_come_in(march: Any, cli: Any, rounds: int) -> None:
    """A thousand messages, twenty thousand in ``make soak``; one of 60 MB; one of 10,000 parts."""
    line = b"A" * 76 + b"\r\n"
    head = b"Content-Type: multipart/mixed; boundary=x\r\n"
    huge = head + b"From: a@schufa.de\r\n\r\n--x\r\n\r\nanbei\r\n--x\r\nContent-Type: application/zip\r\n"
    huge += b"Content-Transfer-Encoding: base64\r\n\r\n" + line * 800_000 + b"--x--\r\n"
    parts = (
        head + b"From: a@schufa.de\r\n\r\n" + b"--x\r\nContent-Type: text/plain\r\n\r\nja\r\n" * 10_000 + b"--x--\r\n"
    )
    march.deliver(huge, name="huge")
    march.deliver(parts, name="parts")
    march.deliver(b"\xff\x00broken\r\n", name="broken")
    place = march.mail / "new"
    for number in range(67 * rounds):
        (place / f"{number}.host").write_bytes(b"From: a@b.example\r\nSubject: Angebot %d\r\n\r\nHallo\r\n" % number)
        (place / f"{number}.host").chmod(0o644)
    said = cli("sync").output
    assert f"{67 * rounds + 3} new messages" in said
    with vault() as connection:
        sizes = sorted(one.size for one in messages.all_messages(connection))
        assert sizes[-2:] == [len(parts), len(huge)]
        large = next(one for one in messages.all_messages(connection) if one.size == len(huge))
        assert messages.fetch(connection, large.id) == huge


class Enough(Exception):  # noqa: N818 (no error)
    """The test has seen what it came for."""


def test_watch_reads_what_comes_and_returns_to_a_lost_server(
    march: Any, way: Cutting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "LOOK", 2)
    pauses: list[float] = []
    warnings: list[str] = []
    came = Counter[str]()
    march.deliver(mail(1), ".Entw&APw-rfe", name="1")
    space = session.workspace()

    def tell(done: sync.Synced) -> None:
        came.update(done.by_status)
        if came["filed"] == 1:
            march.deliver(mail(2), ".Entw&APw-rfe", name="2")
        elif came["filed"] == 2:
            march.deliver(mail(3), name="3")
            way.allowed = 0
            way.cut()
        else:
            raise Enough

    def pause(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 3:
            way.allowed = float("inf")

    with pytest.raises(Enough):
        watch.watch(watch.Outside(lambda: space, pause, tell, warnings.append))
    session.close()
    assert came["filed"] == 3
    assert pauses == [5, 10, 20]
    assert warnings[0].endswith("Trying again in 5 seconds.")
    assert warnings[-1] == "The mail server answers again."


def test_watch_says_at_once_that_it_cannot_begin(march: Any, cli: Any) -> None:
    Path("secret").write_text("wrong\n", encoding="utf-8")
    assert "refused the login" in cli("sync", "--watch", code=6).output
    assert "Leave --from out" in cli("sync", "--watch", "--from", ".", code=2).output


def test_two_readers_at_once_are_refused_and_a_watching_one_waits(march: Any, cli: Any) -> None:
    space = session.workspace()
    with space.vault.only_one("sync"):
        assert "is at sync on this campaign" in cli("sync", code=5).output
        said: list[str] = []
        watch.look(watch.Outside(lambda: space, time.sleep, lambda _: None, said.append), None)  # type: ignore[arg-type]
    session.close()
    assert "is at sync on this campaign" in said[0]


def test_only_reading_commands_reach_the_server(
    march: Any, way: Cutting, cli: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rightskit.mailbox import imap

    said: list[bytes] = []
    real = imap._Session.send
    monkeypatch.setattr(imap._Session, "send", lambda self, data: said.append(bytes(data)) or real(self, data))
    march.deliver(mail(1), name="1")
    monkeypatch.setattr(account, "RECONCILE", account.RECONCILE * 0)
    cli("sync")
    verbs = {
        line.split()[1] if line.split()[1] != b"UID" else b" ".join(line.split()[1:3]) for line in said if b" " in line
    }
    assert verbs == {b"CAPABILITY", b"AUTHENTICATE", b"LIST", b"EXAMINE", b"UID FETCH", b"LOGOUT"}
    assert not any(b"BODY[" in line for line in said)
