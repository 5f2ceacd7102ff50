"""What comes back in bulk is measured by the commands themselves."""

import time
from pathlib import Path

from benchmarks import returned
from benchmarks.book import Book


def test_one_large_archive_is_kept_and_read(tmp_path: Path) -> None:
    book = Book(tmp_path / "bench.json", quick=True, until=time.monotonic() + 60)
    returned.large(book, tmp_path, megabytes=2)
    assert [(one.step, one.items, one.result) for one in book.figures] == [
        ("add-large", 2, "1 file is kept for 1 request, 0 left."),
        ("extract-large", 2, "1 document: 1 read. 13 observations."),
    ]
