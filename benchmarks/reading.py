"""``sync`` against the standard library's imaplib and its parser alone, with the same messages on a real Dovecot.

python -m benchmarks.reading [--messages N]

Three ways: imaplib and email; rightskit's reading and parsing; and the whole command, which also keeps each message
encrypted, classifies it and files it.
"""

from __future__ import annotations

import argparse
import email
import imaplib
import os
import resource
import shutil
import ssl
import subprocess
import sys
import tempfile
import time
from email.policy import default
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "servers"))

from dovecot import PASSWORD, running

from benchmarks.sending import PASSPHRASE, planned
from rightskit.accounts import ImapServer
from rightskit.credentials import Secret
from rightskit.flows.workspace import open_or_create
from rightskit.mailbox import inbox, parse
from rightskit.vault import requests

if TYPE_CHECKING:
    from collections.abc import Callable

ACCOUNT = """\
accounts:
  campaign:
    address: a@x.example
    imap: {{host: localhost, port: {port}, user: erika}}
    ca_file: {authority}
    password_command: cat {secret}
"""
TEXTS = (
    "wir bestätigen den Eingang Ihres Antrags auf Auskunft. Ihr Anliegen wird unter der Nummer {number} geführt.",
    "zu Ihrer Person sind bei uns keine Daten gespeichert.",
    "bitte senden Sie uns eine Kopie Ihres Ausweises, damit wir Sie identifizieren können.",
    "we need two more months to answer your request because of its complexity and the number of requests.",
    "wir lehnen die Auskunft ab, da Ihr Antrag offenkundig unbegründet ist.",
)
LINE = "> Zeile {line} des Briefes, der beantwortet wird, mit allem, was darin stand.\r\n"
QUOTED = "".join(LINE.format(line=line) for line in range(30))


def mail(number: int, reference: str) -> bytes:
    """A controller's reply of about 3 kB, with the letter quoted below it."""
    text = TEXTS[number % len(TEXTS)].format(number=number)
    return (
        f"From: Datenschutz <datenschutz@haus{number % 40}.example>\r\nTo: a@x.example\r\n"
        f"Subject: AW: Auskunft {reference}\r\nMessage-ID: <{number}@haus.example>\r\n"
        f"Date: Tue, 10 Mar 2026 10:00:00 +0100\r\nMIME-Version: 1.0\r\n"
        f"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        f"Guten Tag,\r\n\r\n{text}\r\n\r\nMit freundlichen Grüßen\r\n\r\n"
        f"Am 2. März 2026 schrieb a@x.example:\r\n{QUOTED}"
    ).encode()


def with_imaplib(server: Any) -> int:
    """Fetch all in portions of a hundred, and parse each with the standard library."""
    context = ssl.create_default_context(cafile=str(server.authority))
    read = 0
    with imaplib.IMAP4_SSL("localhost", server.tls_port, ssl_context=context) as connection:
        connection.authenticate("PLAIN", lambda _: f"\0erika\0{PASSWORD}".encode())
        connection.select("INBOX", readonly=True)
        uids = connection.uid("SEARCH", "ALL")[1][0].decode().split()
        for start in range(0, len(uids), 100):
            answer = connection.uid("FETCH", ",".join(uids[start : start + 100]), "(UID BODY.PEEK[])")[1]
            for item in answer:
                if isinstance(item, tuple):
                    message = email.message_from_bytes(item[1], policy=default)
                    read += bool(message["From"] and message["Date"] and message.get_body().get_content())  # type: ignore[union-attr]
    return read


def with_rightskit(server: Any) -> int:
    """Fetch and parse as ``sync`` does, and keep nothing."""
    account = ImapServer("localhost", server.tls_port, "erika", ca_file=str(server.authority))
    with inbox.opened(account, Secret(PASSWORD)) as box:
        box.examine(box.folders(["INBOX"])[0][0])
        return sum(bool(raw and parse.parse(raw).text) for _, raw in box.fetch(box.after(0)))


def measured(label: str, number: int, work: Callable[[], object]) -> float:
    """Print messages a second, by the clock and by the processor, and give the seconds of the processor."""
    before, start = _used(), time.perf_counter()
    work()
    seconds, used = time.perf_counter() - start, _used() - before
    print(f"{label:<44} {number / seconds:,.0f} a second; {1000 * used / number:.2f} ms of processor each")
    return used


def _used() -> float:
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(used.ru_utime + used.ru_stime for used in both)


def _fill(server: Any, folder: Path, number: int) -> Path:
    made, _ = planned(folder, min(number, 2000))
    space = open_or_create(made, lambda: PASSPHRASE, *_days())
    with space.vault.read() as connection:
        references = [request.reference for request in requests.all_requests(connection)]
    space.vault.close()
    server.deliver(mail(0, references[0]), name="0")
    place = server.mail / "new"
    for one in range(1, number):
        (place / f"{one}.host").write_bytes(mail(one, references[one % len(references)]))
    if os.getuid() == 0:
        for path in place.iterdir():
            shutil.chown(path, server.user, server.group)
    return made


def _days() -> Any:
    import datetime as dt

    return dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC), dt.date(2026, 3, 2)


def _configure(server: Any, folder: Path) -> None:
    (folder / "config").mkdir(exist_ok=True)
    (folder / "secret").write_text(PASSWORD, encoding="utf-8")
    text = ACCOUNT.format(port=server.tls_port, authority=server.authority, secret=folder / "secret")
    (folder / "config" / "accounts.yaml").write_text(text, encoding="utf-8")


def main() -> None:
    """Print a line per figure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--messages", type=int, default=5000)
    number = parser.parse_args().messages
    with tempfile.TemporaryDirectory() as name, running() as server:
        folder = Path(name)
        os.environ["RIGHTSKIT_HOME"] = name
        _configure(server, folder)
        made = _fill(server, folder, number)
        environment = os.environ | {"RIGHTSKIT_PASSPHRASE": PASSPHRASE, "RIGHTSKIT_TODAY": "2026-03-20"}
        words = [sys.executable, "-m", "rightskit", "-C", str(made), "sync"]
        with_imaplib(server)  # the server makes its index the first time
        plain = measured(f"imaplib and email, {number:,} messages", number, lambda: with_imaplib(server))
        ours = measured("fetched and parsed by rightskit", number, lambda: with_rightskit(server))
        whole = measured(
            "sync: kept, classified and filed too",
            number,
            lambda: subprocess.run(words, env=environment, check=True, stdout=subprocess.DEVNULL),
        )
    print(f"{'times the processor of imaplib and email':<44} {ours / plain:.2f} read; {whole / plain:.2f} whole")


if __name__ == "__main__":
    main()
