"""When the next letter may leave: evenly spread, never more than agreed, and not at night."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict, deque
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from rightskit.campaign.pace import Pace

T = TypeVar("T")
_DAY = dt.timedelta(days=1)


class Pacer:
    """Counts what left, and tells when the next letter may.

    Args:
        pace: how fast.
        left: the moments at which letters left in the last 24 hours, in any order.
    """

    def __init__(self, pace: Pace, left: Iterable[dt.datetime] = ()) -> None:
        self.pace = pace
        self._left = deque(sorted(left))

    def earliest(self, now: dt.datetime) -> dt.datetime:
        """When a letter may leave, now at the earliest; in the zone of ``now``."""
        moment = now
        if self._left:
            moment = max(moment, (self._left[-1] + self.pace.interval).astimezone(now.tzinfo))
        if self.pace.per_day and len(self._left) >= self.pace.per_day:
            moment = max(moment, (self._left[-self.pace.per_day] + _DAY).astimezone(now.tzinfo))
        return self.pace.after_quiet(moment)

    def note(self, moment: dt.datetime) -> None:
        """A letter left."""
        self._left.append(moment)
        while len(self._left) > max(self.pace.per_day, 1):
            self._left.popleft()

    def times(self, now: dt.datetime, number: int) -> Iterator[dt.datetime]:
        """When each of so many letters leaves, if nothing comes between."""
        ahead = Pacer(self.pace, self._left)
        for _ in range(number):
            now = ahead.earliest(now)
            ahead.note(now)
            yield now


def spread(items: Iterable[T], recipient: Callable[[T], str], room: Mapping[str, int], most: int) -> list[T]:
    """Letters in turn by recipient, so that nobody gets all of theirs at once.

    Args:
        items: letters.
        recipient: tells an item's address.
        room: address -> how many left for it in the last 24 hours.
        most: for one address in 24 hours; 0 for no limit. What is beyond it is left out, for another day.
    """
    queues: dict[str, deque[T]] = defaultdict(deque)
    for item in items:
        queues[recipient(item)].append(item)
    if most:
        for address, queue in queues.items():
            while len(queue) > max(0, most - room.get(address, 0)):
                queue.pop()
    return list(_in_turn(list(queues.values())))


def _in_turn(queues: list[deque[T]]) -> Iterator[T]:
    while queues := [queue for queue in queues if queue]:
        for queue in queues:
            yield queue.popleft()
