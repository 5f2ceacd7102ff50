"""A member's own pack: everything about them, nothing about anybody else."""

from __future__ import annotations

import json
import re
from email import message_from_bytes
from email.policy import default

import pyzipper


def opened(campaign, said: str) -> dict[str, bytes]:
    password = re.search(r"password: ([0-9A-Z]{24})", said)[1]
    with pyzipper.AESZipFile(campaign.folder / "packs" / "MJANA0001.zip") as archive:
        archive.setpassword(password.encode())
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_member_gets_all_that_is_theirs_and_nothing_of_others(sent, reply) -> None:
    desk = "datenschutz@nordlicht.example"
    own = reply(desk, "Eingegangen.", day="2026-03-10", answers=sent.letter("jana", "nordlicht"))
    words = "Eingegangen, Frau Wiśniewska."
    other = reply(desk, words, day="2026-03-10", answers=sent.letter("petra", "nordlicht"), name="m2")
    sent.on("2026-03-12").arrives(own, other)
    found = opened(sent, sent("members", "pack", "MJANA0001").output)
    you = json.loads(found["you.json"])
    assert (you["given_name"], you["street"], you["birthdate"]) == ("Jana", "Lindenallee 12", "1988-04-09")
    asked = json.loads(found["requests.json"])
    assert {one["controller"] for one in asked} == {"nordlicht", "suedstern", "papierwerk"}
    assert {one["events"][0]["kind"] for one in asked} == {"planned"}
    letters = [name for name in found if name.startswith("letters/")]
    assert len(letters) == 3
    mail = message_from_bytes(found[next(name for name in letters if name.endswith(".eml"))], policy=default)
    assert "Jana Özdemir" in str(mail["From"])
    assert len([name for name in found if name.startswith("replies/")]) == 1
    assert "Petra" not in b"".join(found.values()).decode(errors="replace")
    page = found["index.html"].decode()
    assert "<script" not in page
    assert all(f'href="{name}"' in page for name in found if name != "index.html")
    assert all(re.search(rf'href="{name}">{name}</a> <bdi class="small">[^<]+</bdi></li>', page) for name in letters)
    assert "<bdi>Jana Özdemir</bdi>" in page
    assert "9. April 1988" in page.replace("\N{NO-BREAK SPACE}", " ")
    assert re.search(
        r'href="replies/001.eml">replies/001.eml</a> <bdi class="small">Auskunftei Nordlicht GmbH · 10', page
    )
    about = found["about.html"].decode()
    assert '<html lang="de">' in about
    assert "nach Art. 15 Abs. 1 und 2 DSGVO" in about.replace("\N{NO-BREAK SPACE}", " ")
    assert "Entwurf" not in about
    assert "Auskunftei Nordlicht" in about
    for one in asked:
        assert one["reference"] in page
    assert page.count("Antrag versandt") == len(asked)
    assert (sent.folder / "packs").stat().st_mode & 0o777 == 0o700
    assert "members' packs:" in sent("campaign", "close").output


def test_without_the_password_nothing_is_read(sent) -> None:
    sent("members", "pack", "MJANA0001")
    path = sent.folder / "packs" / "MJANA0001.zip"
    assert b"Lindenallee" not in path.read_bytes()
    with pyzipper.AESZipFile(path) as archive:
        assert all(one.flag_bits & 1 for one in archive.infolist())
        assert not [name for name in archive.namelist() if "Jana" in name]


def test_of_a_request_that_is_only_planned_a_pack_says_so(planned) -> None:
    found = opened(planned, planned("members", "pack", "MJANA0001").output)
    assert found["index.html"].decode().count("Vorbereitet, noch nicht versandt") == len(
        json.loads(found["requests.json"])
    )


def test_a_pack_tells_members_only_what_a_person_approved(at) -> None:
    joined = at("joined")
    refused = joined("members", "pack", "MJANA0001", code=5).output
    assert "No text goes out that nobody approved: paper-notice (de, version 1)." in refused
    assert not (joined.folder / "packs").exists()


def test_an_unknown_member_has_no_pack(sent) -> None:
    assert "There is no member M00000000." in sent("members", "pack", "M00000000", code=4).output
    assert not (sent.folder / "packs").exists()
