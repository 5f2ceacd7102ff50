"""What a run of the benchmarks writes down: figures as they come, growth, aims, peers; memory and interruptions."""

import sys
import time
from pathlib import Path

import pytest

from benchmarks import book, measure, table
from benchmarks.book import Book
from benchmarks.measure import FailedError, Used
from benchmarks.world import Size, found

MEASURED = Used(wall=4.0, cpu=3.5, peak=80.0, code=0, out="", pace=0.1)


@pytest.fixture
def written(tmp_path: Path) -> Book:
    return Book(tmp_path / "bench.json", quick=False, until=time.monotonic() + 60)


def used(wall: float) -> Used:
    return Used(wall, wall, 80.0, 0, "", 0.1)


def test_a_book_that_was_cut_still_counts(written: Book) -> None:
    written.add("plan", "plan", Size(1000, 1), 1000, used(2))
    written.check(book.Check("plan", "0 of 1,000 requests", same=True, how="who asks whom"))
    again = book.read(written.path)
    assert again.figures == written.figures
    assert again.checks == written.checks


@pytest.mark.parametrize(("largest", "fits"), [(6.5, True), (6.7, False)])
def test_thrice_as_many_may_take_three_and_a_third_times_as_long(written: Book, largest: float, *, fits: bool) -> None:
    written.add("plan", "plan", Size(10_000, 1), 10_000, used(2))
    written.add("plan", "plan", Size(30_000, 1), 30_000, used(largest))
    (row,) = table.rows(written)
    assert row.growth
    assert (row.growth[0] <= row.growth[1]) is fits
    assert row.meets is True


def test_an_aim_is_of_seconds_and_of_memory(written: Book) -> None:
    written.add("print", "send --to print", Size(30_000, 1), 30_000, Used(100, 200, 501, 0, "", 0.1))
    (row,) = table.rows(written)
    assert row.meets is False


def test_what_derives_the_key_does_not_count_for_an_empty_campaign(written: Book) -> None:
    written.add("empty", "status", None, 1, used(0.7))
    written.add("empty", "key derivation", None, 1, used(0.3), peer=True)
    (row,) = table.rows(written)
    assert row.meets is True


def test_a_peer_counts_per_item(written: Book) -> None:
    written.add("print", "send --to print", Size(1000, 1), 1000, used(5))
    written.add("print", "one by one", Size(1000, 1), 100, used(10), peer=True)
    (row,) = table.rows(written)
    assert row.beside[0].times == pytest.approx(0.05)


@pytest.mark.parametrize(("seconds", "meets"), [(59, True), (61, False)])
def test_reading_replies_may_take_twice_the_parse_alone(written: Book, seconds: float, *, meets: bool) -> None:
    written.add("sync", "email alone", Size(30_000, 1), 30_000, used(30), peer=True)
    written.add("sync", "sync", Size(30_000, 1), 30_000, used(seconds))
    (row,) = table.rows(written)
    assert row.meets is meets


def test_what_has_no_time_left_is_named(tmp_path: Path) -> None:
    late = Book(tmp_path / "bench.json", quick=True, until=time.monotonic() - 1)
    assert not late.has_time("the large one")
    assert book.read(late.path).left_out == {"the large one": "the time of this run was over"}


def test_the_memory_of_all_processes_counts() -> None:
    hold = "import time; held = bytearray(80_000_000); time.sleep(1.2)"
    two = f"import subprocess, sys; p = subprocess.Popen([sys.executable, '-c', {hold!r}]); exec({hold!r}); p.wait()"
    taken = measure.run([sys.executable, "-c", two])
    if not taken.peak:
        pytest.skip("this system does not tell what memory a process has")
    assert 150 < taken.peak < 400


def test_a_command_that_fails_says_why() -> None:
    with pytest.raises(FailedError, match="no such luck"):
        measure.run([sys.executable, "-c", "raise SystemExit('no such luck')"])


def test_a_command_is_killed_with_all_below_it(tmp_path: Path) -> None:
    child = f"import time; time.sleep(2); open({str(tmp_path / 'late')!r}, 'w')"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    assert measure.run([sys.executable, "-c", parent], kill_after=0.5).code == -9
    time.sleep(2)
    assert not (tmp_path / "late").exists()


def test_a_campaign_is_founded_whose_members_lack_nothing(tmp_path: Path) -> None:
    world = found(tmp_path / "made", Size(5, 2))
    assert world.run("members", "import", world.members).out.startswith("5 members imported")
    assert "10 requests planned, 0 left out" in world.run("plan").out
