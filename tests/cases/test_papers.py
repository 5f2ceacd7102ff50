"""Which requests a paper may answer, and where one paper of a pile ends."""

import datetime as dt

from rightskit.campaign.model import Member, Request
from rightskit.cases.papers import Known, Likely
from rightskit.rights import Right


def request(reference: str, member: str, controller: str) -> Request:
    return Request(
        reference, member, controller, Right.ACCESS, "access", "de", "email", "own-name", dt.date(2026, 3, 2), ()
    )


JANA = Member("MJANA0001", "Jana", "Özdemir", "Lindenallee 12", "24105", "Kiel", "DE", birthdate=dt.date(1988, 4, 9))
PETRA = Member(
    "MPETRA002", "Petra", "Wiśniewska", "Fährgasse 7", "20457", "Hamburg", "DE", birthdate=dt.date(1975, 11, 30)
)
# References with their check characters, as `plan` draws them.
A, B, C = "RK-7G2K-4Q9A", "RK-0000-0000", "RK-1111-111D"
KNOWN = Known(
    [request(A, JANA.member, "nordlicht"), request(B, PETRA.member, "nordlicht"), request(C, JANA.member, "suedstern")],
    [JANA, PETRA],
    {"nordlicht": ("Auskunftei Nordlicht GmbH", "nordlicht.example"), "suedstern": ("Südstern Versand AG",)},
)


def test_the_reference_tells_most_and_the_letterhead_tells_members_requests_apart() -> None:
    found = KNOWN.likely(f"Südstern Versand\nAn Frau Jana Özdemir\nLindenallee 12\nIhr Zeichen {B}")
    assert found == (
        Likely(B, 8, ("reference",)),
        Likely(C, 6, ("name", "address", "letterhead")),
        Likely(A, 5, ("name", "address")),
    )


def test_what_scans_make_of_letters_does_not_hide_a_name() -> None:
    found = KNOWN.likely("AUSKUNFTEI NORDLICHT\nWisniewska,  Petra\nFahrgasse 7, geb. 30.11.1975")
    assert found == (Likely(B, 9, ("name", "birth date", "address", "letterhead")),)


def test_a_misread_reference_tells_two_requests_of_a_member_apart() -> None:
    found = KNOWN.likely("Jana Özdemir, Lindenallee 12, Ihr Zeichen RK-AG2K-4Q9A")
    assert found[0] == Likely(A, 9, ("reference with a mistake", "name", "address"))
    assert found[1] == Likely(C, 5, ("name", "address"))


def test_a_letterhead_or_a_street_alone_is_not_enough() -> None:
    assert KNOWN.likely("Auskunftei Nordlicht GmbH, Lindenallee 13") == ()
    assert KNOWN.likely("Auskunftei Nordlicht GmbH") == ()
    assert KNOWN.likely("") == ()


def test_a_pile_is_parted_where_another_member_is_surely_named() -> None:
    jana, petra, nobody = "Jana Özdemir, Lindenallee 12", "Petra Wiśniewska, geb. 30.11.1975", "Seite 2"

    def parts(*pages: str, reference: str = "") -> list[tuple[int, int, str]]:
        return [(one.first, one.last, one.member[:6]) for one in KNOWN.stretches(pages, reference)]

    assert parts(jana, nobody, petra, nobody, reference=A) == [(0, 1, "MJANA0"), (2, 3, "MPETRA")]
    assert parts(nobody, jana, f"{jana} und {petra}", reference=A) == [(0, 2, "MJANA0")]
    assert parts(petra, nobody, reference=A) == [(0, 1, "MPETRA")]
    assert parts(nobody, petra, jana) == [(0, 1, "MPETRA"), (2, 2, "MJANA0")]
    assert parts(nobody, nobody, reference=A) == [(0, 1, "MJANA0")]
    assert parts(nobody) == [(0, 0, "")]
    assert parts(jana, "Mit freundlichen Grüßen, Petra Wiśniewska", reference=A) == [(0, 1, "MJANA0")]
