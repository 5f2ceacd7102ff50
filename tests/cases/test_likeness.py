"""Messages that say the same lie together."""

from rightskit.cases.likeness import essence, groups

RECEIPT = """\
Sehr geehrte Frau {name},

vielen Dank für Ihre Nachricht. Wir haben Ihr Anliegen unter der Nummer {number} ({reference}) aufgenommen und melden uns
innerhalb von 14 Tagen. Den Stand sehen Sie unter https://suedstern.example/t/{number}.
"""


def test_what_differs_from_member_to_member_is_left_out() -> None:
    one, other = (
        essence(RECEIPT.format(name=name, number=number, reference=reference))
        for name, number, reference in (("Özdemir", 4711, "RK-0000-0000"), ("Wiśniewska", 98, "RK-7G2K-4Q9A"))
    )
    assert one == other


def test_the_largest_group_comes_first_and_small_differences_do_not_part() -> None:
    receipt = essence(RECEIPT)
    texts = [
        ("a", "wir lehnen das ab."),
        ("b", receipt),
        ("c", receipt.replace("vielen", "herzlichen")),
        ("d", receipt),
    ]
    assert groups(texts) == [["b", "d", "c"], ["a"]]


def test_nothing_makes_no_group() -> None:
    assert groups([]) == []
