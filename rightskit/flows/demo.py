"""``demo``: a whole campaign with invented people and invented controllers, by the commands that a person types.

The command line hands itself in, so that what runs is what a person would type, on a folder made for it. Between the
commands time passes, and the invented controllers answer what lies in the outbox. Nothing leaves the machine.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from rightskit import yamlfile
from rightskit.campaign import config
from rightskit.cases.model import Answer, EventKind, NextStep
from rightskit.errors import RefusedError, RightskitError
from rightskit.simulation import controllers, letterbox, maildir, people
from rightskit.simulation.truth import asking_everybody, meant, wrong

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from rightskit.simulation.letterbox import Mail, Paper
    from rightskit.simulation.truth import Meant

Command = Callable[[Sequence[str], Mapping[str, str], bool], tuple[int, str]]
"""Runs a command line: its words, settings for its environment, and whether its output is wanted rather than shown."""

START = dt.date(2026, 3, 2)
"""A Monday before Easter: first deadlines fall on Good Friday, and roll."""
SEED = 15
TITLE = "Demonstration – every figure on this page is invented"
PASSPHRASE = "correct horse battery staple invented"  # noqa: S105 (of invented people)
LOOKED_THROUGH = ("data", "no-data", "acknowledgement", "identity-demand", "extension", "partial", "refusal")
"""Groups of replies that the invented organiser looks through and accepts; the others keep waiting."""

SAMPLE = "50"
"""Decisions of the program that the invented organiser looks at again: the fewest on which grades may rest."""
BAROMETER = "barometer"

_MARK = ".rightskit-demo"


class DemoFailedError(RightskitError):
    """A command of the demo failed: a bug."""


@dataclass
class Demo:
    """A demo under way.

    Attributes:
        folder: of the campaign.
        members: how many are invented.
        say: takes a line for the person who watches.
        command: runs one command line with settings for its environment; gives its exit code, and what it printed
            where that is wanted.
        day: days since the start.
        letters: what lay in the outbox when the controllers last looked.
        truth: Message-ID → what the controllers meant with what they sent.
        judged: controllers whose form letter the invented organiser has judged.
    """

    folder: Path
    members: int
    say: Callable[[str], None]
    command: Command
    day: int = 0
    letters: list[Mail] = field(default_factory=list)
    truth: dict[str, Meant] = field(default_factory=dict)
    judged: set[str] = field(default_factory=set)

    @property
    def today(self) -> dt.date:
        """The simulated day."""
        return START + dt.timedelta(days=self.day)

    @cached_property
    def world(self) -> controllers.World:
        """What the invented controllers know."""
        return controllers.World(config.load(self.folder).organiser.email, SEED, sheets=30)

    def chapter(self, title: str) -> None:
        """Say what follows, and on which day."""
        self.say(f"\n── {self.today.day} {self.today:%B %Y}, day {self.day} · {title}")

    def wait_until(self, day: int) -> None:
        """Let time pass."""
        self.day = day

    def run(self, *words: str, read: bool = False) -> str:
        """Print a command and run it; its output goes where the demo's goes, or is given back.

        Raises:
            DemoFailedError: it did not end with 0.
        """
        shown = " ".join(f'"{word}"' if " " in word else word for word in words)
        if not read:
            self.say(f"\n$ rightskit -C {self.folder} {shown}")
        code, printed = self.command(["-C", str(self.folder), *words], self._environment(), read)
        if code != 0:
            raise DemoFailedError(f"`rightskit {shown}` ended with {code}.")
        return printed

    def _environment(self) -> dict[str, str]:
        return {
            "RIGHTSKIT_TODAY": self.today.isoformat(),
            "RIGHTSKIT_PASSPHRASE": PASSPHRASE,
            "RIGHTSKIT_HOME": str(self.folder / "home"),
        }

    def lines(self, *words: str) -> list[dict[str, str]]:
        """What a command gives to programs, line by line."""
        return [json.loads(line) for line in self.run(*words, "--json", read=True).splitlines()]

    def papers(self) -> list[Paper]:
        """All that was printed."""
        bundles = sorted((self.folder / "print").glob("*/"))
        return [paper for bundle in bundles for paper in letterbox.read_bundle(bundle, START)]


def run(folder: Path, members: int, say: Callable[[str], None], command: Command) -> None:
    """Run the whole demo.

    Raises:
        RefusedError: the folder holds something that no demo made.
        DemoFailedError: a command failed.
    """
    demo = Demo(folder, members, say, command)
    letters, answers = (_found, _join, _send), (_first_answers, _silence, _reminders, _complaints)
    for step in (*letters, *answers, _harvest, _look_again, _preview, _publish):
        step(demo)
    say(f"\nDone. {folder / 'report.html'} is the report, {folder / BAROMETER / 'index.html'} ranks the controllers.")
    say(f"Everything of this demo lies in {folder}.")


def _found(demo: Demo) -> None:
    _clear(demo.folder)
    demo.chapter("a campaign is founded; all people are invented, the controllers' records are real")
    demo.run("campaign", "new", "openschufa", str(demo.folder))
    (demo.folder / _MARK).write_text("Made by `rightskit demo`; may be replaced by the next one.\n", encoding="utf-8")
    _adapt(demo.folder / config.FILE_NAME)
    accounts = {"campaign": {"address": demo.world.own, "plus": True}}
    (demo.folder / "home" / "config").mkdir(parents=True)
    (demo.folder / "home" / "config" / "accounts.yaml").write_text(yamlfile.dump({"accounts": accounts}))
    demo.run("controllers", "search", "credit bureau DE", "--limit", "8")
    demo.run("campaign", "check")


def _adapt(path: Path) -> None:
    """Name the account, and say on the report that nothing of this happened: the controllers alone are real."""
    text = re.sub(r"^title: .*$", f"title: {TITLE}", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    path.write_text(f"{text}\naccount: campaign\n", encoding="utf-8")


def _clear(folder: Path) -> None:
    if folder.exists() and any(folder.iterdir()):
        if not (folder / _MARK).exists():
            raise RefusedError(f"{folder} is not empty, and no demo made it.", "Name a new folder.")
        shutil.rmtree(folder)


def _join(demo: Demo) -> None:
    demo.chapter("members join; some lack a field or a mandate")
    people.write_members(demo.folder / "members.csv", demo.members, SEED)
    demo.run("members", "import", str(demo.folder / "members.csv"))
    demo.run("plan")
    demo.run("letters", "approve", "--by", "Mira Okonjo (invented)")


def _send(demo: Demo) -> None:
    demo.chapter("letters leave: mails into a folder, and a sample on paper")
    demo.run("send", "--to", "outbox")
    demo.run("send", "--to", "print", "--limit", "12")
    demo.run("posted", f"{demo.today}-outbox-1", f"{demo.today}-print-1")


def _first_answers(demo: Demo) -> None:
    _arrive(demo, 1, 45)
    demo.chapter("answers have come; those that came home to members are entered by hand")
    demo.run("sync", "--from", str(demo.folder / "Maildir"))
    _log_home(demo, 1)
    demo.run("review")
    demo.run("review", *_accepting(*LOOKED_THROUGH))
    _judge(demo)
    demo.run("status")
    demo.run("due")


def _judge(demo: Demo) -> None:
    """Whoever demands proof of identity of everybody is told once for all that this is excessive: followup says so."""
    for controller in sorted(set(asking_everybody(demo.truth, demo.lines("status"))) - demo.judged):
        demo.run("judge", controller, "excessive", "--note", "the same form letter to everybody")
        demo.judged.add(controller)


def _accepting(*kinds: str) -> list[str]:
    """What the invented organiser accepts after a look at the groups; the rest keeps waiting."""
    return [word for kind in kinds for word in ("--accept", kind)]


def _silence(demo: Demo) -> None:
    demo.chapter("before anyone is reminded, members are asked")
    demo.run("ask")


def _reminders(demo: Demo) -> None:
    demo.wait_until(52)
    demo.chapter("members have said that nothing came: reminders")
    asked = [case["request"] for case in demo.lines("status") if case["answer"] == Answer.UNKNOWN]
    # One in twelve forgets to answer: for those the campaign keeps still.
    said = [name for number, name in enumerate(asked) if number % 12]
    _log(demo, "answers.csv", ((name, EventKind.MEMBER_REPORTED, demo.today, "nothing came") for name in said))
    demo.run("followup", "--yes")
    demo.run("posted", f"{demo.today}-outbox-1")


def _complaints(demo: Demo) -> None:
    _arrive(demo, 46, 100)
    demo.chapter("more answers; where a reminder has failed, the authority is next")
    demo.run("sync", "--from", str(demo.folder / "Maildir"))
    _log_home(demo, 46)
    demo.run("review")
    demo.run("review", *_accepting(*LOOKED_THROUGH))
    demo.run("status")
    demo.run("due")
    demo.run("followup", "--authorise", "--yes")
    ripe = [case for case in demo.lines("status") if case["next"] == NextStep.COMPLAIN]
    said = [(case, _word(number)) for number, case in enumerate(ripe)]
    _log(demo, "yes.csv", ((case["request"], word, demo.today, "by mail") for case, word in said))
    named = sorted({case["controller"] for case, word in said if word is EventKind.COMPLAINT_AUTHORISED})
    demo.run("followup", *(word for name in named for word in ("--complaints", name)), "--lead", "--yes")
    demo.run("posted", f"{demo.today}-outbox-1")


def _word(number: int) -> EventKind:
    """What a member says about a complaint: one in ten wants none."""
    return EventKind.COMPLAINT_AUTHORISED if number % 10 else EventKind.COMPLAINT_DECLINED


def _harvest(demo: Demo) -> None:
    demo.chapter("what came back is read and pooled")
    demo.run("data", "extract")
    demo.run("pool", "show")


def _look_again(demo: Demo) -> None:
    demo.chapter("before anything is published, persons look at what the program decided, and at form letters")
    drawn = demo.lines("review", "--sample", SAMPLE)
    for one in wrong(demo.truth, drawn):
        request = ("--request", one.reference) if one.reference else ()
        demo.run("replies", "refile", one.id[:12], "--kind", one.kind, *request)
    demo.run("review", "--sample", SAMPLE, *_accepting(*sorted({one["kind"] for one in drawn})))
    _judge(demo)


def _preview(demo: Demo) -> None:
    demo.chapter("before anybody else sees them, controllers see their figures, and may reply for two weeks")
    for controller in sorted({case["controller"] for case in demo.lines("status")}):
        sheet = str(demo.folder / "previews" / f"{controller}.html")
        demo.run("report", "--preview", controller, "--lang", "en", "-o", sheet)
    demo.wait_until(demo.day + 15)


def _publish(demo: Demo) -> None:
    demo.chapter("the report, and the ranking of the controllers")
    demo.run("report", "--lang", "en")
    demo.run("report", "--lang", "en", "--barometer", str(demo.folder / BAROMETER))


def _arrive(demo: Demo, first: int, last: int) -> None:
    """Let the invented controllers answer what lies in the outbox."""
    demo.wait_until(last)
    since = START + dt.timedelta(days=first)
    demo.letters = letterbox.read_outbox(demo.folder / "outbox", START)
    coming = list(controllers.answers(demo.letters, demo.world, since, demo.today))
    sent = [meant(answer.turn, answer.mail.reference, raw) for answer, raw in coming]
    demo.truth |= {one.message_id: one for one in sent}
    maildir.deliver(demo.folder / "Maildir", ((answer.when, raw) for answer, raw in coming))
    demo.say(f"\n… {last - first + 1} days pass. The invented controllers have sent {len(coming)} mails.")


def _log_home(demo: Demo, first: int) -> None:
    since = START + dt.timedelta(days=first)
    told = controllers.came_home(demo.letters, demo.papers(), demo.world, since, demo.today)
    _log(demo, f"home-{demo.day}.csv", ((name, kind, date, "told by the member") for date, name, kind in told))


def _log(demo: Demo, name: str, rows: Iterable[tuple[str, EventKind, dt.date, str]]) -> None:
    with (demo.folder / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("request", "event", "date", "by", "evidence"))
        writer.writerows((reference, kind.value, date, "member", words) for reference, kind, date, words in rows)
    demo.run("log", "--from", str(demo.folder / name))
