"""Cut what is not the sender's: quoted letters, earlier mails, signatures, disclaimers."""

from __future__ import annotations

import re

_FLAGS = re.IGNORECASE
_LONGEST = 60_000
_MOST_LINES = 2000
_HEADER_BLOCK = 5
_ATTRIBUTION_LINES = 3

_QUOTED = re.compile(r"\s{0,3}(?:>|\|\s)")
_ATTRIBUTION = re.compile(
    r"\s*(?:"
    r"(?:am|on|le|el|il|op|em|w dniu|dnia)\b.{3,160}?\b(?:schrieb|wrote|a (?:é|e)crit|escribi(?:ó"
    r"|o)|ha scritto|schreef"
    r"|escreveu|napisa(?:ł|l)\(?a?\)?)\b.{0,120}?:"
    r"|.{2,100}\b(?:schrieb am|wrote on|a écrit le)\b.{3,100}:"
    r"|(?:zitat von|quoting|citation de)\b.{2,100}:"
    r")\s*$",
    _FLAGS,
)
_DIVIDER = re.compile(
    r"\s*(?:[-_=*]{2,}\s*)(?:original[- ]?(?:message|nachricht|mail)|urspr(?:ü|ue)ngliche (?:nachricht|e-?mail)"
    r"|message (?:d'origine|d’origine|original|transf(?:é|e)r(?:é|e))|forwarded message|weitergeleitete nachricht"
    r"|oorspronkelijk bericht|mensaje original|messaggio originale|ihre (?:urspr(?:ü"
    r"|ue)ngliche )?(?:nachricht|anfrage)"
    r"|your (?:original )?(?:message|request)|votre (?:message|demande))\b.*$"
    r"|\s*(?:begin forwarded message|anfang der weitergeleiteten nachricht|d(?:é"
    r"|e)but du message (?:transf|r)\S+)\s*:?\s*$"
    r"|\s*(?:ihre (?:urspr(?:ü|ue)ngliche )?(?:nachricht|anfrage)(?: an uns| vom .{1,40}| lautete)?"
    r"|sie (?:schrieben|haben (?:uns )?geschrieben)|(?:you wrote|your (?:original )?(?:message|request|enquiry))"
    r"|(?:vous avez (?:é|e)crit|votre (?:message|demande)(?: initiale?)?))\s*:\s*$",
    _FLAGS,
)
_SENDER_FIELD = re.compile(r"\s*\*{0,2}(?:von|from|de|van|da|od|expéditeur)\*{0,2}\s*:\*{0,2}\s*\S", _FLAGS)
_OTHER_FIELD = re.compile(
    r"\s*\*{0,2}(?:gesendet|sent|envoy(?:é|e)|date|datum|an|to|à|betreff|subject|objet|verzonden|enviado|inviato"
    r"|wysłano|aan|para|asunto|onderwerp|oggetto)(?: le)?\*{0,2}\s*:",
    _FLAGS,
)
_ABOVE_LINE = re.compile(
    r".*(?:reply above this line|oberhalb dieser (?:zeile|linie)|au-dessus de cette ligne).*$", _FLAGS
)
_SIGNATURE = re.compile(r"--\s?$|_{5,}\s*$")
_CLOSING = re.compile(
    r"\s*(?:mit (?:vielen |den )?(?:freundlich|best|herzlich|lieb|sonnig|kolleg)\w*(?:em"
    r"|en)? (?:gr(?:ü|ue)(?:ß|ss)\w*|empfehlungen?)"
    r"|(?:freundliche|beste|viele|herzliche|liebe|sch(?:ö|oe)ne) gr(?:ü|ue)(?:ß|ss)e\w*|(?:mfg|lg"
    r"|vg|bg|hg)\b|hochachtungsvoll"
    r"|gru(?:ß|ss)\b|(?:kind|best|warm|with kind|with best)(?:est)? (?:regards|wishes)|regards\b"
    r"|yours (?:sincerely|faithfully|truly)"
    r"|sincerely|cheers\b|all the best|many thanks,?$|best,?$|(?:bien |tr(?:è|e)s )?cordialement"
    r"|(?:sinc(?:è|e)res |meilleures )?salutations"
    r"|bien (?:à|a) vous|(?:bonne|belle) journ(?:é|e)e|crdlt|respectueusement|(?:veuillez"
    r"|je vous prie d|nous vous prions d).{0,60}"
    r"(?:agr(?:é|e)er|recevoir|croire|accepter)).{0,140}$",
    _FLAGS,
)
_DEVICE = re.compile(
    r"\s*(?:von meinem \S+ gesendet|gesendet (?:von|mit)|sent from|envoy(?:é|e) (?:de|depuis))\b.{0,60}$", _FLAGS
)
_POSTSCRIPT = re.compile(r"\s*p\.? ?s\.?\s*[:.]", _FLAGS)
_DISCLAIMER = re.compile(
    r"\s*(?:(?:diese|die in dieser) (?:e-?mail|nachricht)\b.{0,80}(?:vertraulich|ausschlie"
    r"|bestimmt|rechtlich gesch)"
    r"|this (?:e-?mail|message|communication)\b.{0,120}(?:confidential|intended|privileged)"
    r"|ce (?:message|courriel|mail)\b.{0,120}(?:confidentiel|destin|exclusi)"
    r"|(?:confidentiality notice|disclaimer|haftungsausschluss|vertraulichkeitshinweis|avis de confidentialit)"
    r"|if you (?:are not the intended|have received this)|(?:sollten|wenn"
    r"|falls) sie (?:nicht der (?:richtige|vorgesehene|beabsichtigte)|diese e-?mail irrt)"
    r"|si vous n'(?:ê|e)tes pas (?:le|la) destinataire"
    r"|(?:bitte )?(?:denken sie an|pr(?:ü|ue)fen sie).{0,60}(?:umwelt|ausdruck)"
    r"|please consider the environment|pensez (?:à|a) l'environnement"
    r"|(?:informationen|hinweise|n(?:ä|ae)heres)\b.{0,30}(?:zum|zur|(?:ü"
    r"|ue)ber).{0,40}(?:datenschutz|verarbeitung ihrer)\b.{0,80}(?:finden|https?:|www)"
    r"|(?:sitz der gesellschaft|registergericht|amtsgericht|handelsregister|gesch(?:ä|ae)ftsf(?:ü"
    r"|ue)hrer|vorstand|hrb|ust-?id|registered (?:in|office)|si(?:è|e)ge social|rcs)\b)",
    _FLAGS,
)
# The requester's voice: whoever answers does not write this; our own letter without any quotation mark does.
_REQUESTER = re.compile(
    r"\b(?:hiermit|hierdurch) (?:beantrage|bitte|fordere|mache|verlange|widerspreche|widerrufe|erbitte) ich\b"
    r"|\bich (?:beantrage|verlange|fordere) (?:hiermit )?(?:gem|nach|die l|auskunft|sie auf|eine kopie)"
    r"|\bmache ich (?:hiermit )?(?:mein|von meinem)"
    r"|\bi (?:hereby|am writing to|would like to) (?:request|ask|make|exercise|object)"
    r"|\bi (?:hereby )?request (?:access|a copy|erasure)"
    r"|\b(?:je (?:souhaite|d(?:é|e)sire|vous demande|demande|sollicite|m'oppose)|j'exerce"
    r"|j'entends exercer)\b.{0,60}(?:droit|acc(?:è|e)s|copie|efface|donn(?:é|e)es)",
    _FLAGS,
)


def own_words(text: str) -> str:
    """Only what the sender wrote now: earlier mails, quoted letters, signatures and disclaimers are cut."""
    lines = text[:_LONGEST].split("\n")[:_MOST_LINES]
    lines = _without_history(lines)
    paragraphs = re.split(r"\n[ \t]*\n", "\n".join(_without_signature(lines)))
    return "\n\n".join(_answering(paragraphs)).strip()


def _without_history(lines: list[str]) -> list[str]:
    kept: list[str] = []
    skip = 0
    for number, line in enumerate(lines):
        if skip:
            skip -= 1
        elif _starts_history(lines, number):
            break
        elif wrapped := _attribution(lines, number):
            if not _quotes_follow(lines, number + wrapped):
                break
            skip = wrapped - 1
        elif not _QUOTED.match(line) and not _ABOVE_LINE.match(line):
            kept.append(line)
    return kept


def _starts_history(lines: list[str], number: int) -> bool:
    """A divider such as ``-----Original Message-----``, or a block of ``From: / Sent: / To:``."""
    if _DIVIDER.match(lines[number]):
        return True
    below = lines[number + 1 : number + 1 + _HEADER_BLOCK]
    return bool(_SENDER_FIELD.match(lines[number])) and any(map(_OTHER_FIELD.match, below))


def _attribution(lines: list[str], number: int) -> int:
    """How many lines an ``On … wrote:`` takes from here; 0 where there is none."""
    if _QUOTED.match(lines[number]):
        return 0
    for count in range(1, _ATTRIBUTION_LINES + 1):
        window = lines[number : number + count]
        if not window[-1].strip():
            return 0
        if window[-1].rstrip().endswith(":"):
            return count if _ATTRIBUTION.match(" ".join(window)) else 0
    return 0


def _quotes_follow(lines: list[str], number: int) -> bool:
    return any(_QUOTED.match(line) for line in [line for line in lines[number:] if line.strip()][:1])


def _without_signature(lines: list[str]) -> list[str]:
    """Up to the closing formula or ``-- ``; a postscript below it is kept."""
    for number, line in enumerate(lines):
        written = any(above.strip() for above in lines[:number])
        if written and (_CLOSING.match(line) or _SIGNATURE.match(line)):
            return [*lines[:number], "", *_postscript(lines[number + 1 :])]
    return lines


def _postscript(lines: list[str]) -> list[str]:
    start = next((number for number, line in enumerate(lines) if _POSTSCRIPT.match(line)), len(lines))
    return lines[start:]


def _answering(paragraphs: list[str]) -> list[str]:
    """Without disclaimers, and only up to where the requester's own letter starts."""
    kept = []
    for paragraph in paragraphs:
        joined = " ".join(paragraph.split())
        if _REQUESTER.search(joined):
            break
        if not _DISCLAIMER.match(joined) and not _DEVICE.match(joined):
            kept.append(paragraph.strip("\n"))
    return kept
