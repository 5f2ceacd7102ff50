"""A campaign as an experiment: requests get their letter, channel and order by lot, so that comparisons mean something.

The lot is SHA-256 of the seed and of what is drawn: whoever has the seed and the list draws the same, on any machine.
Within each stratum the arms come in blocks, in which each arm stands once: their numbers never differ by more than one,
also when members join later (permuted blocks; CONSORT 2010, items 8a and 8b).
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rightskit.yamlfile import Section

CHANNELS = ("email", "post")
STRATA = ("controller", "country", "language", "way")
"""What may tell strata apart: the controller, the member's country, the letter's language, the way to act."""

Stratum = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Arm:
    """One of the ways in which a request may go out.

    Attributes:
        name: a slug.
        letter: its letter's slug; empty for the rule's own.
        channel: ``email`` or ``post``; empty for the first of the campaign's that reaches the controller.
    """

    name: str
    letter: str = ""
    channel: str = ""


@dataclass(frozen=True, slots=True)
class Trial:
    """What a campaign says of its experiment.

    Attributes:
        strata: of :data:`STRATA`; in each the arms are balanced.
        analysis: the file with the analysis plan, beside campaign.yaml; its SHA-256 is kept before letters leave.
        line: where it stands in campaign.yaml.
    """

    strata: tuple[str, ...]
    analysis: str
    line: int


@dataclass(frozen=True, slots=True)
class Unit:
    """What is drawn for.

    Attributes:
        key: tells it apart for ever.
        arms: names, in the order of campaign.yaml.
    """

    key: str
    stratum: Stratum
    arms: tuple[str, ...]


def read_arms(section: Section, channels: Sequence[str]) -> tuple[Arm, ...]:
    """The arms of a rule; none where it declares none.

    Args:
        section: the rule.
        channels: of the campaign.
    """
    arms = tuple(_arm(one, channels) for one in section.sections("arms"))
    if len(arms) == 1:
        section.fault("arms", "one arm can be compared with nothing", "write two or more")
    if len({arm.name for arm in arms}) < len(arms):
        section.fault("arms", "two arms have the same name", "give each a name of its own")
    return arms


def _arm(section: Section, channels: Sequence[str]) -> Arm:
    channel = section.choice("channel", ("", *CHANNELS), "")
    arm = Arm(section.text("name", required=True), section.text("letter"), channel)
    if arm.channel and arm.channel not in channels:
        section.fault("channel", f"the campaign has no channel {arm.channel!r}", f"channels: [{', '.join(CHANNELS)}]")
    section.refuse_unknown()
    return arm


def check_names(rules: Iterable[tuple[Section, tuple[Arm, ...]]]) -> None:
    """See that a name means the same arms wherever it stands: rules with the same arms are compared together."""
    known: dict[str, tuple[Arm, ...]] = {}
    for section, arms in rules:
        for arm in arms:
            if known.setdefault(arm.name, arms) != arms:
                message = f"another rule has an arm {arm.name!r} beside other arms"
                section.fault("arms", message, "give it another name here, or the same arms in both rules")


def read(top: Section, *, arms: bool) -> Trial | None:
    """What campaign.yaml says of its experiment; None where no rule has arms."""
    section = top.section("trial")
    trial = Trial(section.choices("strata", STRATA) or ("controller",), section.text("analysis"), section.line)
    section.refuse_unknown()
    if arms and not trial.analysis:
        top.fault("trial", "arms need an analysis plan", "write `trial: {analysis: analysis-plan.md}`")
    return trial if arms else None


def assigned(units: Iterable[Unit], seed: str, before: Mapping[Stratum, Mapping[str, int]]) -> dict[str, str]:
    """Draw an arm for each unit.

    Args:
        units: in any order; it makes no difference.
        seed: of the campaign.
        before: stratum → arm → how many were drawn earlier.

    Returns:
        Key → name of the arm.
    """
    by_stratum: dict[Stratum, list[Unit]] = defaultdict(list)
    for unit in units:
        by_stratum[unit.stratum].append(unit)
    found: dict[str, str] = {}
    for stratum, some in by_stratum.items():
        order = sorted(some, key=lambda unit: lot(seed, *unit.stratum, unit.key))
        drawn = _arms(some[0].arms, seed, stratum, Counter(before.get(stratum, {})))
        found |= {unit.key: arm for unit, arm in zip(order, drawn, strict=False)}
    return found


def lot(seed: str, *words: str) -> bytes:
    """What is drawn for some words: uniform, and the same for the same seed."""
    return hashlib.sha256("\x1f".join((seed, *words)).encode()).digest()


def _arms(arms: Sequence[str], seed: str, stratum: Stratum, counts: Counter[str]) -> Iterator[str]:
    """Arms without end: first those that are behind, then block after block."""
    while True:
        most = max((counts[arm] for arm in arms), default=0)
        behind = [arm for arm in arms if counts[arm] < most] or arms
        turn = str(sum(counts[arm] for arm in arms))
        for arm in sorted(behind, key=lambda name: lot(seed, *stratum, turn, name)):
            counts[arm] += 1
            yield arm
