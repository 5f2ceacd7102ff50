import datetime as dt
import mailbox

from rightskit.simulation.maildir import deliver

WHEN = dt.datetime(2026, 2, 3, 9, 30, tzinfo=dt.UTC)
MESSAGES = [(WHEN, b"Subject: one\r\n\r\n1\r\n"), (WHEN, b"Subject: two\r\n\r\n2\r\n")]


def test_a_mail_program_finds_what_was_delivered(tmp_path):
    assert deliver(tmp_path / "inbox", iter(MESSAGES)) == 2
    box = mailbox.Maildir(tmp_path / "inbox", create=False)
    assert sorted(message["Subject"] for message in box) == ["one", "two"]
    assert list((tmp_path / "inbox" / "tmp").iterdir()) == []


def test_delivering_again_adds_nothing(tmp_path):
    deliver(tmp_path, MESSAGES)
    names = sorted(path.name for path in (tmp_path / "new").iterdir())
    deliver(tmp_path, MESSAGES)
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == names
    assert (tmp_path.stat().st_mode & 0o777) == 0o700
