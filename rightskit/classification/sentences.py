"""Own words -> sentences, each on one line."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_MOST = 200
_LONGEST = 600
_END = r"(?<=[.!?…])[\"“”»)]?\s+"
_BULLET = r"\s+[•·]\s+"
_SPLIT = re.compile(_END + r"(?=[\"„“«(¿¡]*(?:[^\W_a-zà-öø-ÿąćęłńśźż]|[^\w\s]))|" + _BULLET)
# Whoever writes no capitals ends sentences all the same.
_SPLIT_SMALL = re.compile(_END + "|" + _BULLET)
_ABBREVIATION = re.compile(
    r"(?:\b(?:z|d|u|i|o|s|v|m|b|e|g|a|n|p|t|c|w)\.|\b(?:art|abs|nr|no|dr|hr|fr|str|bzw|ggf|evtl|inkl|tel|ca"
    r"|vgl|gem|lit|ziff|prof|mr|mrs|ms"
    r"|mme|mlle|st|usw|etc|ff|sog|betr|ref|co|ltd|inc|para|sec|cf|al"
    r"|dhr|mevr|mw|bijv|bv|evt|resp|sr|sra|srta|ud|uds|av|avda|núm|num|pág|sig|dott|dr\.ssa|sigg|spett|egr|gent|ecc|pag"
    r"|ul|pkt|poz|tzn|tzw|np|im|wg|itd|itp|ust|mgr|inż|hab|exmo|exma|ex|dra|eng)\.)$",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"\b\d{1,2}\.$")
_COUNTED = re.compile(
    r"(?:jan|feb|mär|maerz|apr|mai\b|jun|jul|aug|sep|okt|nov|dez|quartal|etage|stock|lebensjahr|\d)"
    r"|(?:senat|kammer|zivil|straf|verwaltungs)",
    re.IGNORECASE,
)
_LONGEST_ABBREVIATION = 12
_ITEM = re.compile(r"\s*(?:[-*•·–]|\d{1,2}[.)]|[a-z]\))\s+")
_LABEL = re.compile(r"\s*[^\s:.][^:.]{1,40}:\s+\S|[^\t]{2,40}\t\S")
_SALUTATION = re.compile(
    r"\s*(?:sehr geehrte\w*|guten (?:tag|morgen|abend)|liebe[rs]?\b|hallo\b|moin\b|gr(?:ü|ue)(?:ß"
    r"|ss) gott|gr(?:ü|ue)(?:ezi|ß dich)|servus\b|dear\b|hello\b|hi\b|hey\b"
    r"|good (?:morning|afternoon|evening)|bonjour\b|madame\b|monsieur\b|cher\b|ch(?:è|e)re\b|salut\b|to whom it may"
    r"|geachte\b|beste\b|goede(?:morgen|middag|navond|ndag)\b|dag\b"
    r"|estimad[oa]s?\b|apreciad[oa]s?\b|querid[oa]s?\b|muy se(?:ñ|n)or(?:a|es)?\b|hola\b|buen[oa]s? (?:d(?:í"
    r"|i)as?|tardes|noches)"
    r"|gentil(?:e|i|issim[oai])\b|egregi[oa]?\b|spett(?:abile|\.)|caro\b|cara\b|buon(?:giorno| giorno|asera)\b"
    r"|salve\b|ciao\b"
    r"|szanown[aiy]\w*\b|dzie(?:ń|n) dobry|cze(?:ś|s)(?:ć|c)|drog[ai]\b|witam\b"
    r"|prezad[oa]s?\b|exm[oa]s?\b|car[oa]s? (?:senhor|cliente|sr)\w*|ol(?:á|a)\b|bo(?:m dia|a tarde|a noite)\b)"
    r"(?:[^,.!?:;]|\b(?:dr|prof|med|hr|fr|mme|mr|mrs|ms|m|sr|sra|sig|dott|dhr|mevr)\.){0,60}"
    r"(?:,\s*(?:sehr geehrte|liebe|dear|ch(?:è|e)re?)[^,.!?:;]{0,60})?[,!.:]?\s*$",
    re.IGNORECASE,
)
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_UMLAUTS = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "ß": "ss",
        "’": "'",
        "`": "'",
        "´": "'",
        "\u00a0": " ",
        "‑": "-",
        "ł": "l",
        "ø": "o",
    }
)


def sentences(words: str) -> list[str]:
    """Split into sentences; wrapped lines are joined, salutations and empty lines left out."""
    found = [part for block in _blocks(words) for part in _split(block)]
    return [sentence[:_LONGEST] for sentence in found if any(map(str.isalpha, sentence))][:_MOST]


def labelled(words: str) -> int:
    """How many lines look like ``Label: value``."""
    return sum(bool(_LABEL.match(line)) for line in words.split("\n"))


@lru_cache(maxsize=4096)
def normalise(sentence: str) -> str:
    """Lower case, umlauts written out, other accents dropped, one space between words: what rules are written in."""
    return " ".join(unaccented(sentence.lower().translate(_UMLAUTS)).split())


def unaccented(text: str) -> str:
    """A text without accents, ligatures taken apart (NFKD): a look at the few characters beyond ASCII alone."""
    return _BEYOND_ASCII.sub(lambda found: _unaccented(found[0]), text)


@lru_cache(maxsize=1024)
def _unaccented(run: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", run) if not unicodedata.combining(c))


def _blocks(words: str) -> list[str]:
    """Lines joined to paragraphs, except list items, labelled lines and salutations."""
    blocks: list[str] = []
    fresh = True
    for line in words.split("\n"):
        if not line.strip() or _SALUTATION.match(line):
            fresh = True
        elif fresh or _ITEM.match(line) or _LABEL.match(line):
            blocks.append(line.strip())
            fresh = bool(_LABEL.match(line))
        else:
            blocks[-1] += " " + line.strip()
    return blocks


def _split(block: str) -> list[str]:
    parts: list[str] = []
    for part in (_SPLIT if any(map(str.isupper, block)) else _SPLIT_SMALL).split(block)[: 2 * _MOST]:
        if parts and _goes_on(parts[-1][-_LONGEST_ABBREVIATION:], part):
            parts[-1] += " " + part
        else:
            parts.append(part)
    return [part.strip() for part in parts if part.strip()]


def _goes_on(end: str, following: str) -> bool:
    """Whether the point at the end is one of an abbreviation, or of an ordinal number such as ``3. Mai``."""
    return bool(
        _ABBREVIATION.search(end) or (_ORDINAL.search(end) and (following[:1].islower() or _COUNTED.match(following)))
    )
