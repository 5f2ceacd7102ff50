"""What a mail server sends back: notifications about mails of the campaign (RFC 3464)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from email.message import EmailMessage

NOTICE = """\
From: MAILER-DAEMON@mx.server.example (Mail Delivery System)
To: campaign@mitmachen.example
Subject: Undelivered Mail Returned to Sender
Date: Thu, {day:02} Mar 2026 09:00:00 +0100
Message-ID: <{name}@mx.server.example>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="cut"

--cut
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mx.server.example. {words}

--cut
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.server.example

Final-Recipient: rfc822; {to}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {status} said the other host

--cut
Content-Type: text/rfc822-headers

{head}

--cut--
"""


def notice(mail: EmailMessage, *, action: str = "failed", status: str = "5.1.1", day: int = 5, to: str = "") -> bytes:
    """What a mail server sends back of a mail, with its head (RFC 3464)."""
    kept = "\n".join(f"{name}: {mail[name]}" for name in ("From", "To", "Subject", "Message-ID"))
    words = (
        "Your message could not be delivered." if action == "failed" else "Delivery is delayed; no action is required."
    )
    told = {"action": action, "status": status, "day": day, "words": words, "head": kept, "to": to or mail["To"]}
    return NOTICE.format(name=f"{action}-{day}", **told).encode()
