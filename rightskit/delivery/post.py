"""Letters -> sent by SMTP: each once or held, at a pace, and what the server refuses for now tried again later."""

from __future__ import annotations

import datetime as dt
import heapq
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rightskit.delivery.answers import Verdict
from rightskit.errors import RemoteError, RightskitError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rightskit.delivery.model import Outgoing, Parcel, PostJournal
    from rightskit.delivery.pace import Pacer
    from rightskit.delivery.smtp import Handed, Line

WAITS = (60, 300, 900, 3600)
"""Seconds until a letter that was refused for now is tried again; after the last one it stays for another day."""
RECONNECTS = (5, 30, 120, 600)
"""Seconds until a server that could not be reached, or broke off, is called again; one that was not reached at all is
called a second time only: a person who has just begun to send sits before it, and is told what is wrong."""
MOST_REFUSED = 5
MOST_DOUBTS = 3
"""So many in a row, and it is no longer the letters: a person looks before more are spoilt."""
PATIENCE = 900
"""Seconds that a sending waits for its pace, unless it is told to wait for longer."""
_NOTHING_LEFT = frozenset({Verdict.LATER, Verdict.UNFIT, Verdict.LIMIT, Verdict.ACCOUNT, Verdict.BROKEN})
_REST, _LONG = 20, 200
"""Seconds of silence after which a connection is first asked whether it still stands, and for which it is ended."""


@dataclass(frozen=True, slots=True)
class Clock:
    """Time, as the command line or a test supplies it.

    Attributes:
        now: the instant, aware, in the zone of the person who sends.
        sleep: waits so many seconds.
        patience: the longest wait in seconds, such as for the end of quiet hours; what would take longer ends the
            sending for now.
        tell: says a sentence to who waits.
    """

    now: Callable[[], dt.datetime]
    sleep: Callable[[float], None]
    patience: float = PATIENCE
    tell: Callable[[str], None] = lambda _sentence: None


class PauseError(Exception):
    """The pace lets nothing leave for longer than anyone wants to wait; what is left goes another time.

    Attributes:
        until: when the next letter may leave.
    """

    def __init__(self, until: dt.datetime) -> None:
        super().__init__(f"Nothing more leaves before {until:%Y-%m-%d %H:%M}.")
        self.until = until


@dataclass(slots=True)
class Tally:
    """What became of the letters so far.

    Attributes:
        sent: letters that the server took.
        refused: letters that it refused for good, with its words.
        doubts: letters of which nobody can tell.
        put_off: letters that it would not take now, with its words.
        dropped: letters that must not leave any more, such as after a withdrawal.
        stopped: reference -> why its letter could not be written, or not be given to this server.
    """

    sent: list[Outgoing] = field(default_factory=list)
    refused: list[tuple[Outgoing, str]] = field(default_factory=list)
    doubts: list[Outgoing] = field(default_factory=list)
    put_off: list[tuple[Outgoing, str]] = field(default_factory=list)
    dropped: list[Outgoing] = field(default_factory=list)
    stopped: dict[str, str] = field(default_factory=dict)


class Postman:
    """Takes letters to the server, one by one."""

    def __init__(self, line: Line, journal: PostJournal, pacer: Pacer, clock: Clock) -> None:
        self.tally = Tally()
        self._line = line
        self._journal = journal
        self._pacer = pacer
        self._clock = clock
        self._later: list[tuple[dt.datetime, int, int, Parcel]] = []
        self._put_off_with = ""  # the server's last words about one of these
        self._calls = 0  # in a row that came to nothing
        self._reached = False
        self._bad = 0  # letters in a row that were refused for good
        self._unsure = 0  # letters in a row that are in doubt

    def deliver(self, parcels: Iterable[Parcel]) -> Iterator[str]:
        """Send letters and give back the reference of each one that is settled in one way or another.

        Raises:
            RemoteError: the account's limit is reached, its login fails, or the server cannot be reached; what is not
                settled was not sent.
            PauseError: quiet hours, or the day's number is reached.
        """
        try:
            for parcel, tries in self._queue(iter(parcels)):
                if self._carry(parcel, tries):
                    yield parcel.reference
        finally:
            self._line.close()

    def _queue(self, fresh: Iterator[Parcel]) -> Iterator[tuple[Parcel, int]]:
        """Letters whose second time has come, then new ones; in the end those that still wait."""
        while True:
            if self._later and self._later[0][0] <= self._clock.now():
                yield self._next_again()
            elif (parcel := next(fresh, None)) is not None:
                yield parcel, 0
            elif self._later:
                self._say_put_off()
                self._wait_until(self._later[0][0])
            else:
                return

    def _next_again(self) -> tuple[Parcel, int]:
        _, tries, _, parcel = heapq.heappop(self._later)
        return parcel, tries

    def _say_put_off(self) -> None:
        """Say what is waited for, unless it is nearly over."""
        again = self._later[0][0]
        if (again - self._clock.now()).total_seconds() > _REST:
            self._clock.tell(
                f"Put off by the server: {len(self._later)} of the letters, the last with: {self._put_off_with}. "
                f"Offered again from {again:%H:%M:%S} on; Ctrl-C loses nothing."
            )

    def _carry(self, parcel: Parcel, tries: int) -> bool:
        """Bring one letter; whether it is settled."""
        self._wait_until(self._pacer.earliest(self._clock.now()))
        try:
            item = parcel.write(self._clock.now())
        except RightskitError as error:
            self.tally.stopped[parcel.reference] = str(error)
            return True
        handed = self._offer(item)
        if handed is None:
            self.tally.dropped.append(item)
            return True
        if handed.verdict not in {Verdict.LATER, Verdict.BROKEN}:
            self._settle(item, handed)
            return True
        return self._put_off(parcel, item, str(handed.answer), tries)

    def _offer(self, item: Outgoing) -> Handed | None:
        """Offer a letter to the server, at once a second time where the connection broke before it had begun.

        A connection that stood idle may have been closed at the other end. None: the letter must not leave any more.
        """
        for _ in range(2):
            self._reach()
            if not self._journal.intend(item):
                return None
            handed = self._hand_over(item)
            if handed.verdict in _NOTHING_LEFT:
                self._journal.back(item)
            if handed.verdict is not Verdict.BROKEN:
                self._calls = 0
                break
            self._missed(handed.answer.text)
        return handed

    def _hand_over(self, item: Outgoing) -> Handed:
        begun = self._line.letters
        try:
            return self._line.hand_over(item)
        except BaseException:  # such as Ctrl-C
            if self._line.letters == begun:
                self._journal.back(item)
            else:
                self._journal.doubt(item, "interrupted")
            raise

    def _settle(self, item: Outgoing, handed: Handed) -> None:
        said = str(handed.answer)
        self._bad = self._bad + 1 if handed.verdict is Verdict.REFUSED else 0
        self._unsure = self._unsure + 1 if handed.verdict is Verdict.DOUBT else 0
        match handed.verdict:
            case Verdict.SENT:
                self._journal.sent(item, said)
                self._pacer.note(self._clock.now())
                self.tally.sent.append(item)
            case Verdict.REFUSED:
                self._journal.refused(item, said)
                self.tally.refused.append((item, said))
            case Verdict.DOUBT:
                self._journal.doubt(item, said)
                self.tally.doubts.append(item)
            case Verdict.UNFIT:
                self.tally.stopped[item.reference] = handed.answer.text
            case _:
                _stop(handed.verdict, said)
        self._demand_sense(said)

    def _put_off(self, parcel: Parcel, item: Outgoing, said: str, tries: int) -> bool:
        """Try again later; whether that is given up for now."""
        if tries == len(WAITS):
            self.tally.put_off.append((item, said))
            return True
        again = self._clock.now() + dt.timedelta(seconds=WAITS[tries])
        heapq.heappush(self._later, (again, tries + 1, id(parcel), parcel))
        self._put_off_with = said
        return False

    def _demand_sense(self, said: str) -> None:
        if self._bad == MOST_REFUSED:
            raise RemoteError(f"{self._bad} letters in a row were refused, the last: {said}", "Look into it first.")
        if self._unsure == MOST_DOUBTS:
            raise RemoteError(
                f"The connection broke off {self._unsure} times in a row in the middle of a letter.",
                "Look for these letters at your provider, then: rightskit posted",
            )

    def _reach(self) -> None:
        """Open the connection, and open it again after growing waits."""
        while not self._line.is_open:
            try:
                self._line.open()
            except ConnectionError as error:
                self._missed(str(error))
            else:
                self._reached = True

    def _missed(self, why: str) -> None:
        """A call that came to nothing: wait before the next one."""
        waits = RECONNECTS if self._reached else RECONNECTS[:1]
        if self._calls >= len(waits):
            hint = (
                "Run the command again to go on." if self._reached else "Is the account right? rightskit accounts check"
            )
            raise RemoteError(f"The mail server cannot be reached: {why}", hint)
        wait = waits[self._calls]
        self._clock.tell(f"The mail server does not answer ({why}); it is called again in {wait} seconds.")
        self._clock.sleep(wait)
        self._calls += 1

    def _wait_until(self, moment: dt.datetime) -> None:
        """Wait, minute by minute: a laptop that was asleep goes on when it wakes."""
        waiting = whole = (moment - self._clock.now()).total_seconds()
        if whole > self._clock.patience:
            raise PauseError(moment)
        if whole > _LONG:
            self._line.close()
            self._clock.tell(f"Nothing leaves before {moment:%H:%M}; it goes on by itself, and Ctrl-C loses nothing.")
        while waiting > 0:
            self._clock.sleep(min(waiting, 60))
            waiting = (moment - self._clock.now()).total_seconds()
        if whole > _REST:
            self._line.rested()


def _stop(verdict: Verdict, said: str) -> None:
    """Stop where the next letter would fare no better."""
    if verdict is Verdict.LIMIT:
        raise RemoteError(f"The mail server takes no more for now: {said}", "Run the command again in some hours.")
    raise RemoteError(f"The mail server refuses the account: {said}", "Run: rightskit accounts check")
