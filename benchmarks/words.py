"""What docs/performance.md says in words: the method, its limits, what each peer does, why a step is slow."""

METHOD = """\
- All people are invented, drawn with a fixed seed; every member has all that the letters need. One controller for
  1,000, 10,000 and 30,000 members, and forty for 300. The controllers are invented too, and so are their answers: what
  a generator writes to the letters that lie in the outbox (receipts, demands for identity, data as archive and as PDF,
  refusals, bounces), one message for each letter on average, evenly chosen from all that would come in four months.
- Each command runs alone, as whole processes from the start of Python to the end: opening the vault and deriving its
  key (a tenth of a second) are part of every figure. Starting is the median of five, everything else is run once.
- Seconds by the clock decide whether an aim is met. Seconds of the processor are those of all processes together.
  Memory is read from the system ten times a second, over all processes of the command (proportional set size).
- Letters to print are objections, one page each, from a campaign of their own. By SMTP a third of the letters leaves,
  to a server on loopback that throws them away, at no pace. IMAP is a real Dovecot on loopback, with TLS.
- Archives of 200 KB hold a credit file as JSON and a picture of random bytes; the pool of millions of observations is
  written into the vault directly.
"""
LIMITS = """\
- One machine, one run, and others may share its processor: a figure may be a fifth higher or lower the next time, and
  so may the growth of a step. In four runs of one day, `data extract` of 30,000 answers took 17.2, 18.8, 17.7 and 22.4
  seconds.
- A server on loopback answers at once. Over a real line each letter waits for the server three times, and the pace that
  a provider allows decides when a campaign is out, not the program.
- Generated answers are shorter and more regular than real ones, and carry few large attachments.
- The disk matters: each letter by SMTP waits twice until the vault is on the disk.
- Memory between two looks is not seen.
"""
PEERS = {
    "import typer": ("starts Python and reads the library for command lines", "anything else"),
    "pip --version": ("starts, reads its settings and prints a line", "anything with data"),
    "key derivation": ("derives the key of the encrypted file and reads one row", "anything else"),
    "csv.DictReader": ("reads each row", "checks, finds twins, encrypts, keeps anything"),
    "WeasyPrint": ("lays out each letter with the same engine", "share what is the same, use both cores, list, keep"),
    "email.message": ("builds and writes each mail", "fill a text, check who may be written to, keep what was sent"),
    "smtplib": ("hands over the same bytes on one connection", "write them, keep before and after, survive a crash"),
    "email alone, parsing": ("parses head, text and attachments", "classify, file, encrypt, keep; survive broken ones"),
    "rightskit's parsing": ("opens the same messages as `sync` does, all parts with limits", "classify, file, keep"),
    "imaplib": ("fetches a hundred at a time and parses each", "remember how far it came, classify, file, encrypt"),
    "duckdb": ("counts members and means by variable and value", "ask for consent, hide small groups, audit, ledger"),
}
"""A part of a peer's name -> what it does, and what it does not."""
SHORT = {
    "help": "most of it is the import of the library for command lines; the next idea is to build the help of one "
    "command alone.",
    "print": "the first process holds what all letters are made from, 1.3 KB each; the others grow by 11 KB for each "
    "letter that they lay out, in libraries written in C, and are therefore replaced after 2,000. The next idea is to "
    "read what letters are made from by the thousand.",
    "smtp": "a letter costs what it costs in an outbox, and as much again for two commits, before and after it leaves, "
    "with a dozen look-ups in between: whether its request still stands, its member has left, its mandate holds. The "
    "next idea is to ask that once for the letters of some seconds.",
    "sync": "of the time for a message, two fifths are for opening it, a fifth for judging its sentences, a fifth for "
    "the vault, the rest for whom and what it names. The next idea is to open and judge messages in a second process.",
    "sync-imap": "as from a Maildir, and an eighth more for the library that fetches them in a thread of its own.",
}
"""Step -> why it misses its aim, with its profile, and the next idea."""
