"""What is blackened of a person without a name, and what of other members in what concerns one."""

import pytest

from rightskit.flows.alone import Alone
from rightskit.vault.traces import MARK


@pytest.fixture(scope="module")
def watch(stages):
    """Knows the six members of the small campaign."""
    from rightskit.flows.lookup import Lookup
    from rightskit.registry.model import Registry

    class Space:
        registry = Registry()

        def controller(self, name):
            from rightskit.registry.model import Controller

            return Controller(name, name, "DE")

    with pytest.MonkeyPatch.context() as monkeypatch:
        from rightskit.vault import store

        monkeypatch.setattr(store, "_PRAGMAS", ("kdf_iter = 1000", *store._PRAGMAS))
        with store.open_(stages._made["sent"], "six invented words for a test").read() as connection:
            return Alone.read(Lookup.read(Space(), connection), connection)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Kundin 4711-0815-99", f"Kundin {MARK}"),
        ("Tel. 089 1234567.", f"Tel. {MARK}."),
        ("IBAN DE12 3456 7890 1234 5678 90", f"IBAN {MARK}"),
        ("https://suedstern.example/z/7788", MARK),
        ("an jana@heimpost.example", f"an {MARK}"),
        (
            "Zeichen RK-SD24-GBYC, rk sd24\ngbyc, RKSD24GBYC, RK-SD24-GBYD",
            f"Zeichen {MARK}, {MARK}, {MARK}, RK-SD24-GBYD",
        ),
        ("Vorgang A4711-0815-9B und 4711ABC99", f"Vorgang {MARK} und {MARK}"),
        ("am 4. März 2026, 04.03.2026 und 2026-03-04 10:00", "am 4. März 2026, 04.03.2026 und 2026-03-04 10:00"),
        (
            "nach Art. 15 Abs. 1 DSGVO (Verordnung (EU) 2016/679)",
            "nach Art. 15 Abs. 1 DSGVO (Verordnung (EU) 2016/679)",
        ),
        ("Frau Özdemir, Lindenallee 12, 24105 Kiel", f"Frau {MARK}, {MARK}, {MARK}"),
        ("ÖZDEMIR Jana, Oezdemir, geboren 09.04.1988", f"{MARK}, {MARK}, geboren {MARK}"),
    ],
)
def test_nothing_tells_of_a_person_without_a_name(watch, text, left) -> None:
    assert watch.nameless(text, "MJANA0001") == left
