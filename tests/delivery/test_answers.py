"""What servers really say, and what follows."""

import pytest

from rightskit.delivery.answers import Answer, Stage, Verdict, judge


@pytest.mark.parametrize(
    ("said", "stage", "verdict"),
    [
        # the account has sent as much as it may
        ("550 5.4.5 Daily user sending limit exceeded. For more information", Stage.MESSAGE, Verdict.LIMIT),
        ("550 5.4.5 Daily SMTP relay limit exceeded for user", Stage.DATA, Verdict.LIMIT),
        ("421 4.7.0 Try again later, closing connection", Stage.MAIL, Verdict.LIMIT),
        ("421 4.7.28 Our system has detected an unusual rate of unsolicited mail", Stage.MESSAGE, Verdict.LIMIT),
        ("450 4.7.1 Error: too much mail from 192.0.2.1", Stage.MAIL, Verdict.LIMIT),
        ("451 4.7.500 Server busy. Please try again later", Stage.RCPT, Verdict.LIMIT),
        ("554 5.2.2 mailbox full; STOREDRV.Submission.Exception: submission quota exceeded", Stage.MESSAGE, Verdict.LIMIT),
        ("451 Sender rate limit exceeded", Stage.RCPT, Verdict.LIMIT),
        ("550 Message rejected: hourly sending limit reached", Stage.MESSAGE, Verdict.LIMIT),
        ("452 Too many mails sent, 100 per hour are allowed", Stage.RCPT, Verdict.LIMIT),
        # it is only about this recipient, and passes
        ("450 4.7.1 <desk@a.example>: Recipient address rejected: Greylisted", Stage.RCPT, Verdict.LATER),
        ("451 4.7.1 Greylisting in action, please come back in 00:05:00", Stage.RCPT, Verdict.LATER),
        ("450 4.2.1 The user you are trying to contact is receiving mail at a rate that prevents", Stage.RCPT, Verdict.LATER),
        ("452 4.2.2 The recipient's inbox is out of storage space", Stage.RCPT, Verdict.LATER),
        ("451 4.3.0 Temporary lookup failure", Stage.RCPT, Verdict.LATER),
        ("421 4.3.2 Service shutting down", Stage.MAIL, Verdict.LATER),
        ("452 4.5.3 Too many recipients", Stage.RCPT, Verdict.LATER),
        # this letter, for good
        ("550 5.1.1 <desk@a.example>: user unknown", Stage.RCPT, Verdict.REFUSED),
        ("552 5.2.2 Mailbox quota exceeded", Stage.RCPT, Verdict.REFUSED),
        ("552 5.3.4 Message size exceeds fixed limit", Stage.MESSAGE, Verdict.REFUSED),
        ("552 Message size exceeds maximum permitted", Stage.MAIL, Verdict.REFUSED),
        ("554 5.7.1 Message rejected as spam", Stage.MESSAGE, Verdict.REFUSED),
        ("556 5.1.10 Recipient domain takes no mail", Stage.RCPT, Verdict.REFUSED),
        # the account, not the letter
        ("530 5.7.0 Authentication Required", Stage.MAIL, Verdict.ACCOUNT),
        ("553 5.7.1 <campaign@x.example>: Sender address rejected: not owned by user", Stage.RCPT, Verdict.ACCOUNT),
        ("550 5.7.60 SMTP; Client does not have permissions to send as this sender", Stage.MAIL, Verdict.ACCOUNT),
        ("554 5.7.1 <desk@a.example>: Relay access denied", Stage.RCPT, Verdict.ACCOUNT),
        ("554 5.7.1 Service unavailable; Client host blocked using zen.spamhaus.org", Stage.RCPT, Verdict.ACCOUNT),
    ],
)  # fmt: skip
def test_an_answer_means(said: str, stage: Stage, verdict: Verdict) -> None:
    code, _, text = said.partition(" ")
    assert judge(Answer(int(code), text), stage) is verdict


def test_an_answer_is_shown_without_addresses_and_on_one_line() -> None:
    answer = Answer.of(550, b"5.1.1 <jana@heimpost.example>:\r\n unknown \xff" + b"x" * 1000)
    assert str(answer).startswith("550 5.1.1 <…@…>: unknown")
    assert len(str(answer)) <= 200
    assert answer.enhanced == "5.1.1"


@pytest.mark.parametrize("text", ["", "500 5.12.2023", "1.2.3 nothing", "5.1.1.1 an address"])
def test_what_only_looks_like_a_status_code_is_none(text: str) -> None:
    assert Answer(550, text).enhanced == ""
