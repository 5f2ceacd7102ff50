"""How mail programs and people mark what is not their own words, in eight languages; see ``quotes``."""

from __future__ import annotations

import re

_FLAGS = re.IGNORECASE

QUOTED = re.compile(r"\s{0,3}(?:>|\|\s)")
_WROTE = (
    r"(?:schrieb|geschrieben|wrote|a (?:é|e)crit|escribi(?:ó|o)|ha scritto|scrisse|schreef|geschreven"
    r"|escreveu|napisa(?:ł|l)(?:\(?a\)?|/-?a)?|pisze)"
)
ATTRIBUTION = re.compile(
    r"\s*(?:"
    r"(?:am|on|le|el|il|op|em|no dia|a(?:l)?|in data|w dniu|dnia|pon|wt|(?:ś|s)r|czw|pt|sob|niedz)\b.{3,160}?\b"
    + _WROTE
    + r"(?![\w]).{0,120}?:"
    r"|[^:]{0,40}\d.{2,160}\b" + _WROTE + r"\s*:"
    r"|.{2,100}\b(?:schrieb am|wrote on|a (?:é|e)crit le|schreef op|escribi(?:ó|o) el|ha scritto il|escreveu em"
    r"|napisa(?:ł|l)\(?a?\)? (?:w dniu|dnia))\b.{3,100}:"
    r"|(?:zitat von|quoting|citation de|citat van|citando a|citazione di|cytuj(?:ą|a)c)\b.{2,100}:"
    r")\s*$",
    _FLAGS,
)
DIVIDER = re.compile(
    r"\s*(?:[-_=*]{2,}\s*)(?:original[- ]?(?:message|nachricht|mail)|urspr(?:ü|ue)ngliche (?:nachricht|e-?mail)"
    r"|message (?:d'origine|d’origine|original|transf(?:é|e)r(?:é|e))|forwarded message|weitergeleitete nachricht"
    r"|(?:oorspronkelijk|origineel|doorgestuurd) bericht|mensaje (?:original|reenviado)"
    r"|messaggio (?:originale|inoltrato)|mensagem (?:original|(?:re)?encaminhada)"
    r"|(?:wiadomo(?:ść|sc) (?:oryginalna|przekazana)|(?:oryginalna|przekazana) wiadomo(?:ść|sc))"
    r"|ihre (?:urspr(?:ü|ue)ngliche )?(?:nachricht|anfrage)|uw (?:bericht|vraag)|su (?:mensaje|solicitud)"
    r"|(?:la )?(?:sua|vostra) (?:richiesta|e-?mail)|(?:pana|pani|pa(?:ń|n)stwa) wiadomo(?:ść|sc)|(?:a )?sua mensagem"
    r"|your (?:original )?(?:message|request)|votre (?:message|demande))\b.*$"
    r"|\s*(?:begin forwarded message|anfang der weitergeleiteten nachricht|d(?:é"
    r"|e)but du message (?:transf|r)\S+|begin doorgestuurd bericht|inicio del mensaje reenviado"
    r"|inizio messaggio inoltrato|in(?:í|i)cio da mensagem (?:re)?encaminhada)\s*:?\s*$"
    r"|\s*(?:ihre (?:urspr(?:ü|ue)ngliche )?(?:nachricht|anfrage)(?: an uns| vom .{1,40}| lautete)?"
    r"|sie (?:schrieben|haben (?:uns )?geschrieben)|(?:you wrote|your (?:original )?(?:message|request|enquiry))"
    r"|(?:vous avez (?:é|e)crit|votre (?:message|demande)(?: initiale?)?)"
    r"|u schreef|uw (?:oorspronkelijke )?(?:bericht|vraag|verzoek)"
    r"|usted escribi(?:ó|o)|su (?:mensaje|consulta|solicitud)(?: original)?"
    r"|(?:lei|voi) (?:ha|avete) scritto|(?:la sua|la vostra) (?:richiesta|e-?mail)"
    r"|(?:pan|pani|pa(?:ń|n)stwo) napisa\S+|tre(?:ść|sc) (?:zg(?:ł|l)oszenia|wiadomo(?:ś|s)ci)"
    r"|voc(?:ê|e) escreveu|(?:a )?sua (?:mensagem|solicita(?:ç|c)(?:ã|a)o))\s*:\s*$",
    _FLAGS,
)
SENDER_FIELD = re.compile(r"\s*\*{0,2}(?:von|from|de|van|da|od|exp(?:é|e)diteur)\*{0,2}\s*:\*{0,2}\s*\S", _FLAGS)
OTHER_FIELD = re.compile(
    r"\s*\*{0,2}(?:gesendet|sent|envoy(?:é|e)|date|datum|fecha|data|an|to|à|a|do|betreff|subject|objet|verzonden"
    r"|enviado|enviada|inviato|wys(?:ł|l)ano|aan|para|asunto|assunto|onderwerp|oggetto|temat)"
    r"(?: le| el| em| il| op| am)?\*{0,2}\s*:",
    _FLAGS,
)
ABOVE_LINE = re.compile(
    r".*(?:reply above this line|oberhalb dieser (?:zeile|linie)|au-dessus de cette ligne|boven deze (?:regel|lijn)"
    r"|por encima de esta l(?:í|i)nea|sopra questa (?:riga|linea)|powy(?:ż|z)ej tej linii|acima desta linha).*$",
    _FLAGS,
)
SIGNATURE = re.compile(r"--\s?$|_{5,}\s*$")
CLOSING = re.compile(
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
    r"(?:agr(?:é|e)er|recevoir|croire|accepter)"
    r"|(?:met )?(?:vriendelijke|hartelijke|beste) groet(?:en)?|hoogachtend|groet(?:en|jes)?\b|mvg\b"
    r"|(?:(?:reciba|le env(?:í|i)o|un) )?(?:un )?(?:cordial |afectuoso |fuerte )?saludos?\b|atentamente"
    r"|(?:muy )?cordialmente"
    r"|(?:le saluda|atte\b)|(?:cordiali|distinti|cari|migliori) saluti|saluti\b"
    r"|z (?:powa(?:ż|z)aniem|wyrazami szacunku)|(?:(?:ł|l)(?:ą|a)cz(?:ę|e) (?:wyrazy|pozdrowienia))"
    r"|(?:serdecznie )?pozdrawiam"
    r"|pozdrowienia|atenciosamente|(?:com os )?(?:melhores |respeitosos )?cumprimentos|att\b|abra(?:ç|c)os?\b"
    r")(?![\w]).{0,140}$",
    _FLAGS,
)
DEVICE = re.compile(
    r"\s*(?:von meinem \S+ gesendet|gesendet (?:von|mit)|sent from|get outlook|envoy(?:é|e) (?:de|depuis)"
    r"|(?:verzonden|verstuurd) (?:van(?:af)?|met)|enviado (?:desde|do|a partir|pelo)|inviato (?:da|dal)"
    r"|wys(?:ł|l)ano z)\b.{0,60}$",
    _FLAGS,
)
POSTSCRIPT = re.compile(r"\s*p\.? ?[sd]\.?\s*[:.]", _FLAGS)
DISCLAIMER = re.compile(
    r"\s*(?:(?:diese|die in dieser) (?:e-?mail|nachricht)\b.{0,80}(?:vertraulich|ausschlie"
    r"|bestimmt|rechtlich gesch)"
    r"|this (?:e-?mail|message|communication)\b.{0,120}(?:confidential|intended|privileged)"
    r"|ce (?:message|courriel|mail)\b.{0,120}(?:confidentiel|destin|exclusi)"
    r"|(?:dit|deze) (?:e-?mail|bericht)\b.{0,120}(?:vertrouwelijk|uitsluitend|bestemd)"
    r"|este (?:mensaje|correo|e-?mail)\b.{0,120}(?:confidencial|exclusiv|destinad)"
    r"|(?:il presente|questo|la presente) (?:messaggio|e-?mail)\b.{0,120}(?:riservat|confidenzial|destinat)"
    r"|(?:niniejsza|ta|ten) (?:wiadomo(?:ść|sc)|e-?mail)\b.{0,120}(?:poufn|przeznaczon|wy(?:ł|l)(?:ą|a)cznie)"
    r"|esta (?:mensagem|comunica(?:ç|c)(?:ã|a)o)\b.{0,120}(?:confidencia|exclusiv|destina)"
    r"|(?:confidentiality notice|disclaimer|haftungsausschluss|vertraulichkeitshinweis|avis de confidentialit"
    r"|aviso (?:legal|de confiden)|avviso di riservatezza|klauzula poufno)"
    r"|if you (?:are not the intended|have received this)|(?:sollten|wenn"
    r"|falls) sie (?:nicht der (?:richtige|vorgesehene|beabsichtigte)|diese e-?mail irrt)"
    r"|si vous n'(?:ê|e)tes pas (?:le|la) destinataire|si (?:usted )?no es (?:el|la) destinatari"
    r"|(?:indien|als) u niet de (?:beoogde )?(?:geadresseerde|ontvanger)|se (?:n(?:ã|a)o (?:é|e) o destinat"
    r"|avete ricevuto"
    r"|ha ricevuto)|je(?:ż|z)eli nie jest(?:e(?:ś|s))? .{0,20}(?:adresat|odbiorc)"
    r"|(?:bitte )?(?:denken sie an|pr(?:ü|ue)fen sie).{0,60}(?:umwelt|ausdruck)"
    r"|please consider the environment|pensez (?:à|a) l'environnement|(?:denk aan het milieu)"
    r"|antes de imprimir|prima di stampare|zanim wydrukujesz"
    r"|(?:informationen|hinweise|n(?:ä|ae)heres)\b.{0,30}(?:zum|zur|(?:ü"
    r"|ue)ber).{0,40}(?:datenschutz|verarbeitung ihrer)\b.{0,80}(?:finden|https?:|www)"
    r"|(?:sitz der gesellschaft|registergericht|amtsgericht|handelsregister|gesch(?:ä|ae)ftsf(?:ü"
    r"|ue)hrer|vorstand|hrb|ust-?id|registered (?:in|office)|si(?:è|e)ge social|rcs|kvk|btw-?nr|cif|c\.?f\.?/p\.?iva"
    r"|p\.? ?iva|krs|nip|regon|nif|cnpj)\b)",
    _FLAGS,
)
# The requester's voice: whoever answers does not write this; our own letter without any quotation mark does.
REQUESTER = re.compile(
    r"\b(?:hiermit|hierdurch) (?:beantrage|bitte|fordere|mache|verlange|widerspreche|widerrufe|erbitte) ich\b"
    r"|\bich (?:beantrage|verlange|fordere) (?:hiermit )?(?:gem|nach|die l|auskunft|sie auf|eine kopie)"
    r"|\bmache ich (?:hiermit )?(?:mein|von meinem)|\bich bitte (?:sie )?(?:um|daher um) auskunft"
    r"|\bi (?:hereby|am writing to|would like to|wish to) (?:request|ask|make|exercise|object)"
    r"|\bi (?:hereby )?request (?:access|a copy|erasure)|\bplease (?:provide"
    r"|send) me with a copy of (?:all )?my (?:personal )?data"
    r"|\b(?:je (?:souhaite|d(?:é|e)sire|vous demande|demande|sollicite|m'oppose)|j'exerce"
    r"|j'entends exercer)\b.{0,60}(?:droit|acc(?:è|e)s|copie|efface|donn(?:é|e)es)"
    r"|\b(?:hierbij (?:verzoek|vraag|maak) ik|ik (?:verzoek|vraag) (?:u )?(?:hierbij|om inzage|op grond van)"
    r"|ik maak (?:hierbij )?(?:gebruik|bezwaar))\b"
    r"|\b(?:(?:por la presente,? )?(?:solicito|ejerzo|me opongo|deseo ejercer|quiero ejercer)\b.{0,60}(?:derecho|acceso"
    r"|copia|supresi|datos))"
    r"|\b(?:(?:con la presente|ai sensi).{0,80}\b(?:chiedo|richiedo|esercito)|(?:chiedo|richiedo|esercito"
    r"|mi oppongo)\b.{0,60}"
    r"(?:diritto|accesso|copia|cancellazione|miei dati))"
    r"|\b(?:niniejszym (?:wnosz(?:ę|e)|zwracam|sk(?:ł|l)adam|wnioskuj(?:ę|e)|(?:ż|z)(?:ą|a)dam)"
    r"|(?:wnosz(?:ę|e)|wnioskuj(?:ę|e)|(?:ż|z)(?:ą|a)dam) o (?:udost|dost|usuni|kopi|przes))"
    r"|\b(?:venho (?:por este meio |por meio desta )?(?:solicitar|requerer|exercer)|(?:solicito|requeiro|exer(?:ç"
    r"|c)o|oponho-me)\b"
    r".{0,60}(?:direito|acesso|c(?:ó|o)pia|apagamento|exclus|meus dados))",
    _FLAGS,
)
