"""Members x controllers -> requests, and each who is left out has a reason."""

import dataclasses
import datetime as dt
from itertools import count

import pytest

from rightskit.campaign.mandates import of_dates
from rightskit.campaign.model import Campaign, Member, Organiser, RequestRule
from rightskit.campaign.plan import Aim, Plan, choose_language, plan
from rightskit.registry.model import Controller, IdentifyField
from rightskit.rights import Right

TODAY = dt.date(2026, 3, 2)
BUREAU = Controller(
    "bureau",
    "Example Bureau AG",
    "DE",
    address=("Weg 1", "10115 Berlin", "Deutschland"),
    email="privacy@bureau.example",
    languages=("de",),
    channels=("email", "post"),
    identify_by=(IdentifyField("name"), IdentifyField("address"), IdentifyField("birthdate")),
)
RULE = RequestRule((Right.ACCESS,), ("bureau",), modules=("score-logic",))
CAMPAIGN = Campaign("c", "C", Organiser("O", "o@example.org"), (RULE,))
JANA = Member(
    "M00000001",
    "Jana",
    "Özdemir",
    "Lindenallee 12",
    "24105",
    "Kiel",
    "DE",
    "jana@example.org",
    dt.date(1988, 4, 9),
    mandates=of_dates(dt.date(2026, 2, 1), None),
)


def planned(member: Member, controller: Controller = BUREAU, campaign: Campaign = CAMPAIGN) -> Plan:
    numbers = count()
    return plan(
        [member],
        [Aim(Right.ACCESS, controller, RULE)],
        campaign,
        existing=set(),
        languages=("en", "de"),
        today=TODAY,
        new_reference=lambda: f"RK-0000-{next(numbers):04}",
    )


def test_a_complete_member_gets_a_request() -> None:
    (request,) = planned(JANA).requests
    assert (request.member, request.controller, request.right, request.letter) == (
        "M00000001",
        "bureau",
        Right.ACCESS,
        "access",
    )
    assert (request.language, request.channel, request.way, request.modules) == (
        "de",
        "email",
        "own-name",
        ("score-logic",),
    )


@pytest.mark.parametrize(
    ("change", "code", "reason"),
    [
        ({"mandates": ()}, "no-mandate", "no signed mandate"),
        ({"birthdate": None}, "missing-field", "the controller needs: birthdate"),
        ({"street": "", "birthdate": None}, "missing-field", "the controller needs: address, birthdate"),
        ({"acts": "mandate"}, "way", "the campaign does not offer the way 'mandate'"),
    ],
)
def test_who_lacks_something_is_left_out_because(change: dict[str, object], code: str, reason: str) -> None:
    found = planned(dataclasses.replace(JANA, **change))  # type: ignore[arg-type]
    assert found.requests == ()
    (left,) = found.left_out
    assert (left.code, left.reason) == (code, reason)
    assert "Jana" not in left.reason


def test_an_identifier_that_only_this_controller_knows_is_needed() -> None:
    needy = dataclasses.replace(BUREAU, identify_by=(IdentifyField("customer-number"),))
    assert planned(JANA, needy).left_out[0].reason == "the controller needs: customer-number"
    known = dataclasses.replace(JANA, identifiers={"bureau": "47-11"})
    assert len(planned(known, needy).requests) == 1


@pytest.mark.parametrize(
    ("controller", "member", "channel"),
    [
        ({"refuses": ("email",)}, {}, "post"),
        ({"channels": ("post",)}, {}, "post"),
        ({"email": ""}, {}, "post"),
        ({}, {"email": ""}, "post"),
        ({}, {"email": "", "mandates": of_dates(dt.date(2026, 2, 1), dt.date(2026, 2, 1))}, "email"),
    ],
)
def test_the_channel_is_one_that_both_ends_have(
    controller: dict[str, object], member: dict[str, object], channel: str
) -> None:
    found = planned(
        dataclasses.replace(JANA, **member),  # type: ignore[arg-type]
        dataclasses.replace(BUREAU, **controller),  # type: ignore[arg-type]
    )
    assert found.requests[0].channel == channel


def test_nobody_is_reached_where_no_channel_fits() -> None:
    mute = dataclasses.replace(BUREAU, email="", address=())
    assert planned(JANA, mute).left_out[0].code == "no-channel"


def test_a_mandate_goes_on_paper_with_its_original() -> None:
    campaign = dataclasses.replace(CAMPAIGN, ways=("mandate",))
    (act,) = JANA.mandates
    filed = dataclasses.replace(JANA, mandates=(dataclasses.replace(act, paper="folder 3"),))
    assert planned(filed, campaign=campaign).requests[0].channel == "post"
    assert "the place of the signed original is not noted" in planned(JANA, campaign=campaign).left_out[0].reason


def test_who_signs_alone_needs_no_mandate() -> None:
    campaign = dataclasses.replace(CAMPAIGN, ways=("self",))
    alone = dataclasses.replace(JANA, mandates=())
    assert planned(alone, campaign=campaign).requests[0].way == "self"


def test_what_was_planned_before_stays() -> None:
    found = plan(
        [JANA],
        [Aim(Right.ACCESS, BUREAU, RULE)],
        CAMPAIGN,
        existing={("M00000001", "bureau", Right.ACCESS)},
        languages=("en",),
        today=TODAY,
        new_reference=lambda: "RK-0000-0000",
    )
    assert (found.requests, found.left_out, found.standing) == ((), (), 1)


@pytest.mark.parametrize(
    ("rule", "controller", "member", "chosen"),
    [
        ("controller", ("de", "en"), "fr", "de"),
        ("controller", ("pl",), "fr", "fr"),
        ("controller", ("pl",), "", "en"),
        ("member", ("de",), "fr-BE", "fr"),
        ("fr", ("de",), "de", "fr"),
        ("xx", ("de",), "de", "en"),
    ],
)
def test_the_language_follows_the_rule_then_what_is_read(
    rule: str, controller: tuple[str, ...], member: str, chosen: str
) -> None:
    assert choose_language(rule, controller, member, ["en", "de", "fr"]) == chosen
