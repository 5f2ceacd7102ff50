"""What a supervisory authority writes of a complaint: a proposal by rules, in German, English and French.

A person decides: report and dossier tell what an authority did. A sentence about what may happen, or is yet to be
examined, says nothing of how a complaint ended.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from rightskit.classification.sentences import normalise, sentences

if TYPE_CHECKING:
    from collections.abc import Mapping


class AuthoritySays(StrEnum):
    """What an authority says; in the order in which one thing of a letter outweighs another."""

    DECIDED = "authority-decided"
    REFERRED = "authority-referred"
    ASKED = "authority-asked"
    REGISTERED = "authority-registered"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a letter seems to say.

    Attributes:
        outcome: of a decision, as :class:`rightskit.cases.rulings.Outcome` names it; empty where it does not tell.
        measure: likewise, as :class:`rightskit.cases.rulings.Measure` names it.
        sentence: that shows it.
    """

    says: AuthoritySays
    sentence: str
    outcome: str = ""
    measure: str = ""


# In the form of sentences.normalise; each in the order in which it is asked, the gravest measure first.
_OUTCOMES: Mapping[str, re.Pattern[str]] = {
    "inadmissible": re.compile(
        r"\bunzulaessig|offensichtlich unbegruendet|\binadmissible|manifestly unfounded|\birrecevable"
        r"|manifestement infondee?"
    ),
    "partly-upheld": re.compile(
        r"\bteilweise (?:begruendet|statt|erfolg)|\b(?:partly|partially) (?:upheld|founded)|upheld in part"
        r"|\bpartiellement fondee?"
    ),
    "rejected": re.compile(
        r"\bbeschwerde\b.*\b(?:zurueckgewiesen|abgewiesen|abgelehnt|unbegruendet)"
        r"|\b(?:weisen|lehnen)\b.*\bbeschwerde\b.*\b(?:zurueck|ab)\b|\bkeine[nr]? (?:datenschutz\w* )?verstoss"
        r"|\bcomplaint\b.*\b(?:rejected|dismissed|not upheld|unfounded)"
        r"|\b(?:reject|dismiss)(?:ed)? (?:your|the) complaint"
        r"|\bno (?:infringement|breach)|\b(?:rejete|rejetons|rejetee)\b|\baucun manquement"
    ),
    "upheld": re.compile(
        r"\bverstoss\b.*\b(?:festgestellt|vor)\b|\bhat (?:dadurch |damit )?gegen\b.*\bverstossen|\bverwarn(?:t|ung)"
        r"|\bbeschwerde\b.*\b(?:begruendet|stattgegeben)|\b(?:geldbusse|bussgeld)\b.*\b(?:verhaengt|festgesetzt)"
        r"|\bcomplaint\b.*\bupheld|\b(?:has|have) infringed|\binfringement\b.*\b(?:found|established)|\breprimand"
        r"|\b(?:imposed|issued) (?:a|an administrative) fine|\bmanquements?\b.*\b(?:constate|etabli|caracteris)"
        r"|\brappel(?:e|ee)? (?:a l'ordre|aux? obligations)|\bmise? en demeure|\bplainte\b.*\bfondee"
        r"|\bamende\b.*\bprononc"
    ),
    "settled": re.compile(
        r"\b(?:verfahren|vorgang|fall|akte|beschwerde)\b.*\b(?:eingestellt|abgeschlossen|erledigt|geschlossen)"
        r"|\b(?:stelle|schliesse)n? (?:ich|wir)?\b.*\b(?:verfahren|vorgang)\b"
        r"|\b(?:closed?|closing) (?:the|your|this|our) (?:case|complaint|file)"
        r"|\b(?:case|complaint|file)\b.*\bclosed\b|\bcloture\b"
        r"|\bclos (?:le|votre|ce) dossier"
        r"|\b(?:plainte|dossier)\b.*\b(?:close?|classee?|cloturee?)\b"
    ),
}
_MEASURES: Mapping[str, re.Pattern[str]] = {
    "fine": re.compile(r"\bgeldbusse|\bbussgeld|\bfine of\b|\badministrative fine|\bamende\b"),
    "order": re.compile(
        r"\bangewiesen\b|\banordnung|\bangeordnet|\bordered\b|\ban order\b|\binjonction|\benjoint\b|\bmise? en demeure"
    ),
    "reprimand": re.compile(r"\bverwarn(?:t|ung)|\breprimand|\brappel(?:e|ee)? (?:a l'ordre|aux? obligations)"),
}
_OPEN = re.compile(
    r"\b(?:ob|falls|sofern|wenn|moegliche[rn]?|werden wir|wir werden|werde ich|ich werde|koennen|kann"
    r"|whether|if|may|might|could|will|can|si|eventuels?|eventuelles?|pourra|pourrait|peut|sera|serez)\b"
)
_REFERRED = re.compile(
    r"\bzustaendigkeitshalber\b|\bfederfuehrend|\b(?:beschwerde|eingabe|vorgang)\b.*\b(?:weitergeleitet|abgegeben"
    r"|uebermittelt|zugeleitet)|\blead supervisory authority|\bcomplaint\b.*\b(?:forwarded|transferred|referred"
    r"|transmitted|passed) (?:on )?to|\b(?:forwarded|transferred|referred|transmitted) (?:it|your complaint) to"
    r"|\bchef de file|\b(?:transmi|transfer)\w* (?:votre|la) (?:plainte|reclamation)|\b(?:plainte|reclamation)\b.*"
    r"\b(?:transmise|transferee)"
)
_ASKED = re.compile(
    r"\b(?:bitte|bitten)\b.*\b(?:uebersenden|mitzuteilen|teilen|senden|uebermitteln|vorzulegen|legen|ergaenzen|reichen"
    r"|nachzureichen|zu uebersenden|zukommen)\b|\bbenoetigen (?:wir|ich)\b|\bplease (?:provide|send|let us know|confirm"
    r"|supply|forward|tell)|\bwe (?:need|require)\b|\bcould you\b|\b(?:veuillez|merci de|prions de|prie de|demandons de"
    r"|bien vouloir|remercie de)\b.*\b(?:transmettre|fournir|preciser|communiquer|indiquer|adresser|envoyer|joindre)"
    r"|\bpourriez-vous\b|\bnous avons besoin"
)
_BY_THE_NUMBER = re.compile(
    r"\baktenzeichen|geschaeftszeichen|rueckfragen|\b(?:file|case|reference) number|\bin any correspondence"
    r"|\bnumero de (?:dossier|saisine)|\bdans (?:toute|vos) correspondance"
)
"""To name the number in letters is asked of everybody."""
_REGISTERED = re.compile(
    r"\beingegangen\b|\beingang\b|\berhalten\b|\baktenzeichen|\breceived\b|\backnowledge|\bregistered\b|\breceipt\b"
    r"|\baccus(?:e|er|ons)\b.*\breception|\bbien recu|\brecue?\b|\benregistre"
)


def read(words: str) -> Proposal | None:
    """What an authority's own words seem to say; None where no rule knows."""
    found = [one for one in map(_of, sentences(words)) if one]
    first = min(found, key=lambda one: list(AuthoritySays).index(one.says), default=None)
    measure = next((name for name in _MEASURES if any(one.measure == name for one in found)), "")
    return replace(first, measure=measure) if first else None


def _of(sentence: str) -> Proposal | None:
    plain = normalise(sentence)
    if not _OPEN.search(plain) and (outcome := _first(_OUTCOMES, plain)):
        return Proposal(AuthoritySays.DECIDED, sentence, outcome, _first(_MEASURES, plain))
    if _REFERRED.search(plain):
        return Proposal(AuthoritySays.REFERRED, sentence)
    if _ASKED.search(plain) and not _BY_THE_NUMBER.search(plain):
        return Proposal(AuthoritySays.ASKED, sentence)
    return Proposal(AuthoritySays.REGISTERED, sentence) if _REGISTERED.search(plain) else None


def _first(rules: Mapping[str, re.Pattern[str]], plain: str) -> str:
    return next((name for name, pattern in rules.items() if pattern.search(plain)), "")
