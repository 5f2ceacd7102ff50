"""``send --to smtp`` against smtplib alone, with the same letters, to a server on loopback that throws them away.

python -m benchmarks.sending [--letters N]

The whole command counts: opening the vault, writing each letter, two commits per letter, and the conversation.
"""

from __future__ import annotations

import argparse
import datetime as dt
import multiprocessing
import os
import resource
import smtplib
import socketserver
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from rightskit.flows import approvals, campaign, members, plan
from rightskit.flows.workspace import open_or_create
from rightskit.simulation import people
from rightskit.vault import outgoing

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

NOW = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
PASSPHRASE = "invented for a benchmark"  # noqa: S105 (of invented people)
ACCOUNT = """\
accounts:
  campaign:
    address: a@x.example
    smtp: {{host: localhost, port: {port}, security: none-on-loopback}}
"""


class Sink(socketserver.StreamRequestHandler):
    """Takes every letter and keeps none."""

    disable_nagle_algorithm = True

    def handle(self) -> None:
        """Talk until the other side goes."""
        self.wfile.write(b"220 sink\r\n")
        while line := self.rfile.readline():
            if line[:4].upper() == b"EHLO":
                self.wfile.write(b"250-sink\r\n250 8BITMIME\r\n")
            elif line[:4].upper() == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                while self.rfile.readline() not in {b".\r\n", b""}:
                    pass
                self.wfile.write(b"250 2.0.0 taken\r\n")
            elif line[:4].upper() == b"QUIT":
                self.wfile.write(b"221 2.0.0 Bye\r\n")
            else:
                self.wfile.write(b"250 2.0.0 OK\r\n")


def serve(tell: Connection) -> None:
    """Run the sink in a process of its own."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Sink) as server:
        server.daemon_threads = True
        tell.send(server.server_address[1])
        server.serve_forever()


def planned(folder: Path, letters: int) -> tuple[Path, int]:
    """A campaign with that many requests by mail, or a few more."""
    made = campaign.new("openschufa", folder / "campaign")
    path = made / "campaign.yaml"
    text = path.read_text(encoding="utf-8").replace("pace: 60 ", "pace: {per_minute: 100000000} ")
    path.write_text(text.replace("# account:", "account:"), encoding="utf-8")
    people.write_members(made / "members.csv", -(-letters // 5), 15)
    space = open_or_create(made, lambda: PASSPHRASE, NOW, NOW.date())
    members.import_(space, made / "members.csv", keep_valid=True)
    number = sum(one.channel == "email" for one in plan.plan(space, dry_run=False).requests)
    approvals.approve(space, [], [], "Ada Beispiel")
    space.vault.close()
    return made, number


def send(folder: Path, letters: int) -> tuple[float, float]:
    """Seconds on the clock and seconds of the processor for the whole command."""
    environment = os.environ | {
        "RIGHTSKIT_HOME": str(folder.parent),
        "RIGHTSKIT_PASSPHRASE": PASSPHRASE,
        "RIGHTSKIT_TODAY": "2026-03-02",
    }
    words = [sys.executable, "-m", "rightskit", "-C", str(folder), "send", "--to", "smtp", "--yes"]
    subprocess.run([*words, "--canary", "1"], env=environment, check=True, stdout=subprocess.DEVNULL)
    words += ["--canary-seen", "--limit", str(letters)]
    before, start = _used(), time.perf_counter()
    subprocess.run(words, env=environment, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start, _used() - before


def alone(port: int, letters: list[tuple[str, bytes]]) -> tuple[float, float]:
    """The same for smtplib and nothing else, over one connection."""
    before, start = time.process_time(), time.perf_counter()
    with smtplib.SMTP("localhost", port) as server:
        for recipient, raw in letters:
            server.sendmail("a@x.example", [recipient], raw)
    return time.perf_counter() - start, time.process_time() - before


def kept(folder: Path) -> list[tuple[str, bytes]]:
    """What was sent, as the vault has it."""
    space = open_or_create(folder, lambda: PASSPHRASE, NOW, NOW.date())
    with space.vault.read() as connection:
        found = [(row.recipient, row.raw) for row in connection.execute(outgoing.select(outgoing.schema.outgoing))]
    space.vault.close()
    return found


def _used() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Print a line per figure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--letters", type=int, default=10_000)
    wanted = parser.parse_args().letters
    here, there = multiprocessing.Pipe()
    sink = multiprocessing.Process(target=serve, args=(there,), daemon=True)
    sink.start()
    port = here.recv()
    with tempfile.TemporaryDirectory() as name:
        config = Path(name) / "config"
        config.mkdir()
        text = ACCOUNT.format(port=port)
        (config / "accounts.yaml").write_text(text, encoding="utf-8")
        folder, number = planned(Path(name), wanted)
        number = min(number - 1, wanted)
        whole = send(folder, number)
        letters = kept(folder)
        lone = alone(port, letters)
    sink.terminate()
    print(f"{'letters':<44} {len(letters):,}, {sum(len(raw) for _, raw in letters) / len(letters):,.0f} bytes each")
    for label, (seconds, used) in {"send --to smtp": whole, "smtplib alone": lone}.items():
        print(f"{label:<44} {number / seconds:,.0f} a second; {1000 * used / number:.2f} ms of processor each")


if __name__ == "__main__":
    main()
