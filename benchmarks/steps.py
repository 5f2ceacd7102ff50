"""One campaign from the list of its members to its report, command by command, with what stands beside each."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from benchmarks import interrupt, measure, replies, servers, world
from benchmarks.interrupt import Seen, count, lines

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.book import Book
    from benchmarks.measure import Used
    from benchmarks.world import Size, World

MOST_ALONE = 10_000
"""Messages and letters that a peer works on at most; its figure counts per item."""


@dataclass
class Stage:
    """A campaign under measurement.

    Attributes:
        checking: whether each step is also killed once and taken up again.
        mail: whether letters leave by SMTP and answers come by IMAP besides.
        paper: whether letters are printed besides.
    """

    book: Book
    size: Size
    checking: bool = False
    mail: bool = True
    paper: bool = True
    base: Path = field(init=False)
    world: World = field(init=False)

    def settle(self, base: Path) -> None:
        """Found the campaign in a folder."""
        self.base = base
        self.world = world.found(base / "main", self.size)

    @property
    def maildir(self) -> Path:
        """Where the answers lie."""
        return self.world.base / "Maildir"

    def step(  # noqa: PLR0913 (a row of the table)
        self,
        name: str,
        what: str,
        *words: str | Path,
        items: int = 0,
        seen: Seen | None = None,
        at: World | None = None,
        result: str = "",
    ) -> Used:
        """Measure a command, and what becomes of it when it is killed."""
        where = at or self.world
        before = where.copy("before") if self.checking and seen else None
        used = where.run(*words)
        self.book.add(name, what, self.size, items or self.size.requests, used, result=result or _last(used.out))
        if before and seen:
            said = tuple(map(str, words))
            self.book.check(interrupt.checked(name, before, said, where, used, seen))
            before.remove()
        return used

    def beside(self, name: str, what: str, *words: str | Path | int, items: int) -> None:
        """Measure a peer of a step."""
        used = measure.run([sys.executable, "-m", "benchmarks.peers", *map(str, words)])
        self.book.add(name, what, self.size, items, used, peer=True)


def campaign(stage: Stage, base: Path) -> None:
    """Everything in the order in which a campaign does it, in an empty folder."""
    stage.settle(base)
    joined(stage)
    if stage.paper and stage.book.has_time(f"printing of {stage.size}"):
        on_paper(stage)
    planned(stage)
    if stage.mail and stage.book.has_time(f"sending of {stage.size} by SMTP"):
        by_smtp(stage)
    outbox(stage)
    if stage.book.has_time(f"answers of {stage.size}"):
        answered(stage)
        looked_at(stage)
        harvested(stage)


def joined(stage: Stage) -> None:
    """Members are imported."""
    number = stage.size.members
    everyone = lines("members", "list", "--json", without=("member",))
    seen = Seen(
        count("members", "list", "--json", of=number, what="members"), everyone, "all members, without their ids"
    )
    stage.step("import", "members import", "members", "import", stage.world.members, items=number, seen=seen)
    if stage.size.controllers == 1:
        stage.beside("import", "csv.DictReader alone", "csv", stage.world.members, items=number)


def planned(stage: Stage) -> None:
    """Requests are planned, and the texts approved."""
    who = lines("status", "--json", without=("request",))
    seen = Seen(count("status", "--json", of=stage.size.requests, what="requests"), who, "who asks whom for what")
    stage.step("plan", "plan", "plan", seen=seen)
    stage.world.run("letters", "approve", "--by", "Ada Beispiel")


def on_paper(stage: Stage) -> None:
    """One-page letters are printed, by another campaign of the same members."""
    place = world.found(stage.base / "paper", stage.size, right="objection", channel="post")
    place.run("members", "import", place.members)
    place.run("plan")
    place.run("letters", "approve", "--by", "Ada Beispiel")
    number = stage.size.requests
    seen = Seen(interrupt.printed(number), interrupt.bundles, "references and addresses in the lists, and all pages")
    stage.step("print", "send --to print", "send", "--to", "print", seen=seen, at=place, result=" ")
    _, pages = interrupt.bundles(place)
    print(f"        {pages:,} pages, empty backs included, for {number:,} letters")
    alone = min(number // 5, 200)
    stage.beside("print", f"WeasyPrint, {alone} letters one by one", "letters", alone, items=alone)
    place.remove()


def outbox(stage: Stage) -> None:
    """Letters to mail are written into a folder, and noted as sent."""
    number, place = stage.size.requests, stage.world
    seen = Seen(
        lambda there: f"{len(list(there.outbox.glob('*.eml'))):,} of {number:,} mails in the folder",
        interrupt.mails,
        "every byte of every mail, but for the Message-IDs, which are drawn by chance",
    )
    stage.step("outbox", "send --to outbox", "send", "--to", "outbox", seen=seen, result=" ")
    target = place.base / "alone"
    target.mkdir()
    stage.beside("outbox", "email.message alone", "mails", place.outbox, target, items=number)
    shutil.rmtree(target)
    stage.step("posted", "posted", "posted", f"{place.day}-outbox-1")


def by_smtp(stage: Stage) -> None:
    """A third of the letters by SMTP, of a small campaign all, to a server that throws them away."""
    place = stage.world.copy("smtp")
    number = stage.size.requests
    with servers.sink(place.base / "other") as other, servers.sink(place.base / "taken") as port:
        world.account(place, smtp=other)
        place.run("send", "--to", "smtp", "--yes", "--canary", "1")
        world.account(place, smtp=port)
        letters = number - 1 if stage.checking else number // 3
        words = ("send", "--to", "smtp", "--yes", "--canary-seen", "--limit", str(letters))
        before = place.copy("before") if stage.checking else None
        used = place.run(*words)
        stage.book.add("smtp", "send --to smtp", stage.size, letters, used, result=_last(used.out))
        if before:
            _killed_smtp(stage, before, words, used, place)
        alone = min(letters, MOST_ALONE)
        _outbox_for(place)
        stage.beside("smtp", f"smtplib alone, {alone:,} letters", "smtp", other, place.outbox, alone, items=alone)
    place.remove()


def _outbox_for(place: World) -> None:
    """Write what was sent into a folder, for the peer to send."""
    from sqlalchemy import select

    from rightskit.vault import schema, store

    place.outbox.mkdir()
    vault = store.open_(place.campaign, world.PASSPHRASE)
    with vault.read() as connection:
        for row in connection.execute(select(schema.outgoing)):
            (place.outbox / f"{row.reference}.eml").write_bytes(row.raw)
    vault.close()


def _killed_smtp(stage: Stage, before: World, words: tuple[str, ...], used: Used, whole: World) -> None:
    """Kill the sending, say of the letter in doubt what the server's list says, and go on."""
    listing = before.base / "taken"
    with servers.sink(listing) as port:
        world.account(before, smtp=port)
        seen = Seen(
            lambda _: f"{len(_taken(listing)):,} of {stage.size.requests - 1:,} letters at the server",
            lambda there: sorted(_taken(whole.base / "taken" if there == whole else listing)),
            "the server has each letter once; of one in doubt its list decided",
            lambda there: _decide(there, set(_taken(listing))),
            lambda _: os.truncate(listing, 0),
        )
        check = interrupt.checked("smtp", before, words, whole, used, seen)
    stage.book.check(check)
    before.remove()


def _taken(listing: Path) -> list[str]:
    return listing.read_text(encoding="utf-8").split()


def _decide(there: World, taken: set[str]) -> None:
    """What a person would say about each letter in doubt."""
    for line in there.run("posted").out.splitlines():
        if line.startswith("RK-"):
            name = line.split()[0]
            there.run("posted", name, *(() if name in taken else ("--not-sent",)))


def answered(stage: Stage) -> None:
    """Answers come and are read: from a Maildir, and from a server."""
    number = replies.fill(stage.maildir, stage.world.outbox, stage.size.requests)
    stage.world = stage.world.later()
    imap = stage.world.copy("imap") if stage.mail else None
    alone = stage.maildir
    stage.beside("sync", "email alone, parsing the same", "parse", alone, items=number)
    stage.beside("sync", "rightskit's parsing alone, of the same", "our-parse", alone, items=number)
    replied, status = lines("replies", "list", "--json"), lines("status", "--json")
    seen = Seen(
        count("replies", "list", "--json", of=number, what="messages (lines)"),
        lambda there: (replied(there), status(there)),
        "every message with its kind and request, and the status of every request",
    )
    stage.step("sync", "sync --from Maildir", "sync", "--from", stage.maildir, items=number, seen=seen)
    classified(stage, number)
    if imap and stage.book.has_time(f"answers of {stage.size} by IMAP"):
        _by_imap(stage, imap, number)
    if imap:
        imap.remove()


def classified(stage: Stage, number: int) -> None:
    """The same messages classified from their files, without a vault."""
    names = [path.name for path in sorted((stage.maildir / "new").iterdir())]
    words = [*measure.RIGHTSKIT, "replies", "classify", "--json", *names]
    used = measure.run(words, stage.world.environment(), folder=stage.maildir / "new")
    stage.book.add("classify", "replies classify", stage.size, number, used)


def _by_imap(stage: Stage, place: World, number: int) -> None:
    with ExitStack() as stack:
        server = stack.enter_context(servers.dovecot(stage.maildir))
        if server is None:
            stage.book.leave_out(f"answers of {stage.size} by IMAP", "Dovecot is not installed")
            return
        from dovecot import PASSWORD

        world.account(place, imap=server.tls_port, authority=server.authority, password=PASSWORD)
        words = ("imap", server.tls_port, server.authority, PASSWORD)
        measure.run([sys.executable, "-m", "benchmarks.peers", *map(str, words)])  # the server makes its index
        stage.beside("sync-imap", "imaplib and email alone", *words, items=number)
        replied = lines("replies", "list", "--json")
        seen = Seen(
            count("replies", "list", "--json", of=number, what="messages (lines)"),
            replied,
            "every message with its kind and request",
        )
        stage.step("sync-imap", "sync (IMAP)", "sync", items=number, seen=seen, at=place)


def looked_at(stage: Stage) -> None:
    """What the organisers look at every day."""
    stage.step("status", "status", "status")
    stage.step("due", "due", "due")
    stage.step("calendar", "due --ics", "due", "--ics", stage.world.base / "due.ics", result=" ")
    seen = Seen(lambda _: "the page not yet written", interrupt.page, "every byte of the page")
    stage.step("report", "report", "report", seen=seen, result=" ")


def harvested(stage: Stage) -> None:
    """What came back is read and published."""
    release = Seen(lambda _: "the tables not yet written", interrupt.tables, "every byte of every table")
    seen = Seen(interrupt.read_so_far, interrupt.pooled, "what the pool shows")
    stage.step("extract", "data extract", "data", "extract", seen=seen)
    stage.step("release", "pool release", "pool", "release", seen=release, result=" ")


def _last(text: str) -> str:
    """The line in which a command says what it came to."""
    said = [line for line in text.splitlines() if line[:1].isdigit()]
    return said[-1][:60] if said else ""
