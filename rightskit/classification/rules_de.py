"""German rules; see ``rules``."""

# ruff: noqa: E501 (rules are data: one pattern a line)

from __future__ import annotations

from typing import TYPE_CHECKING

from rightskit.classification.model import ReplyKind as K

if TYPE_CHECKING:
    from collections.abc import Mapping

_DATA = r"(?:daten|dateien|informationen|angaben|eintrag|eintraege|eintragungen|datensatz|datensaetze|unterlagen|kundenkonto|profil)"
_KEEP = r"(?:gespeichert|vorhanden|gefunden|vorlieg\w*|verarbeitet|verarbeiten|erfasst|hinterlegt|finden|ermittel\w+|liegen|verzeichnet|speichern|auffind\w+|vorgehalten|gefuehrt)"
_PAST = r"(?:geloescht|entfernt|vernichtet|gesperrt|berichtigt|korrigiert|geaendert|anonymisiert|ausgetragen|aktualisiert|richtiggestellt|geschwaerzt aus|eingeschraenkt|gestrichen)"
_THING = r"(?:daten\w*|konto|kundenkonto|profil|eintrag|eintraege|account|datensatz|datensaetze|adresse|anschrift|e-?mail-?adresse|nutzerkonto|angaben)"
_ATTACHED = r"(?:anbei|im anhang|in der anlage|als anlage|als anhang|angehaengt\w*|beigefuegt\w*|beiliegend\w*|anliegend\w*|angefuegt\w*|beigelegt|als pdf|zip-?datei|csv-?datei|als datei|liegt dieser|liegen dieser|haengt an)"
_COPY = r"(?:auskunft|daten\w*|datenkopie|kopie|uebersicht|informationen|selbstauskunft|datenauskunft|aufstellung|auszug|export|unterlagen|datensatz|datenblatt)"
_ASK = r"(?:benoetigen|brauchen|bitten|erbitten|ersuchen|teilen|nennen|senden|schicken|geben|uebermitteln|mitteilen|angeben|mitzuteilen|reichen|zusenden|zukommen|ergaenzen|lassen|verlangen|fehlt|fehlen|erforderlich|notwendig|benoetigt)"
_TRAIT = r"(?:geburtsdat\w+|kundennummer|vertragsnummer|voranschrift\w*|geburtsort|geburtsname|versichertennummer|versicherungsnummer|mitgliedsnummer|kontonummer|iban|telefonnummer|mobilnummer|e-?mail-?adresse|(?:frueheren? |vorherigen? |aktuellen? |vollstaendigen? )?(?:wohn)?anschrift\w*|(?:frueheren? )?adressen?|bestellnummer|rechnungsnummer|kartennummer)"
CONDITION = (
    r"\b(?:falls|sofern|wenn|sollten? (?:sie|wir|dies|es)|es sei denn|gegebenenfalls|ggf\.?|im falle|fuer den fall)\b",
)
ABSENCE = r"\b(?:nicht im (?:buero|haus|dienst)|abwesend|abwesenheit\w*|ausser haus|im urlaub|in elternzeit|im mutterschutz|nicht erreichbar|wieder (?:erreichbar|im buero|fuer sie da)|nicht am arbeitsplatz|betriebsferien|geschaeftsstelle ist .{0,60}geschlossen|buero ist .{0,60}geschlossen)\b"
PLEASANTRY = (
    r"(?:fuer |bei )?(?:weitere[n]? )?(?:rueckfragen|fragen)\b.{0,80}(?:verfuegung|gern|melden|wenden|kontakt)",
    r"^(?:vielen |herzlichen |besten )?dank\b",
    r"bedanken uns",
    r"wir danken",
    r"ich danke",
    r"verstaendnis",
    r"geduld",
    r"schoenen? tag",
    r"alles gute",
    r"zoegern sie nicht",
    r"aufsichtsbehoerde",
    r"beschwerde\b",
    r"stehen wir (?:ihnen )?(?:gern|jederzeit|selbstverstaendlich)",
    r"(?:beziehen|nehmen) (?:wir )?(?:uns|bezug)",
    r"wir nehmen bezug",
    r"bezugnehmend",
    r"datenschutz (?:ist|nehmen|liegt)",
    r"wichtig",
    r"^(?:ihr )?(?:aktenzeichen|unser zeichen|ihr zeichen|betreff|datum|referenz\w*|ticket\w*|vorgang\w*)\b",
    r"bedauern",
    r"entschuldig",
    r"wir hoffen",
    r"(?:zum vorgang|zur anfrage|zu ihrer anfrage)",
)

# kind → weight → patterns
RULES: Mapping[K, Mapping[float, tuple[str, ...]]] = {
    K.BOUNCE: {
        0.6: (
            r"(?:nachricht|e-?mail) konnte nicht (?:an .{1,80} )?(?:zugestellt|uebermittelt|ausgeliefert) werden",
            r"empfaenger(?:adresse)? .{0,40}(?:existiert nicht|unbekannt|nicht gefunden)",
        ),
    },
    K.REFUSAL: {
        0.88: (
            r"\blehn(?:en|e|t) (?:wir |ich )?.{0,90}\bab\b",
            r"\bweisen (?:wir )?.{0,90}\bzurueck\b",
        ),
        0.85: (
            r"\bnicht (?:folge leisten|nachkommen|entsprechen|stattgeben) (?:werden|koennen|wird|kann)",
            r"\b(?:abgelehnt|zurueckgewiesen|abzulehnen|zurueckzuweisen|zurueckweisen|ablehnen|verweiger\w+)\b",
            r"\b(?:koennen|werden|duerfen|moechten|kann|wird|kommen|geben|darf) .{0,90}\bnicht (?:\w+ ){0,2}(?:nachkommen|nach\b|entsprechen|entsprochen|erteilen|erteilt|stattgeben|stattgegeben|statt\b|bearbeiten|bearbeitet|herausgeben|heraus\b|beauskunften|erfuellen|loeschen|nachgekommen|aushaendigen|offenlegen|leisten)",
            r"offenkundig unbegruendet",
            r"offensichtlich unbegruendet",
            r"exzessiv",
            r"rechtsmissbraeuch",
            r"missbraeuchlich",
            r"schikan",
            r"\bkeine (?:\w+ )?auskunft(?:\b.{0,30})? (?:erteilen|geben|erteilt|zu erteilen)\b",
            r"(?:geben|erteilen) (?:wir )?.{0,40}keine (?:\w+ )?(?:auskunft|auskuenfte)",
        ),
        0.8: (
            r"\bkein(?:en|e)? .{0,30}(?:anspruch|auskunftsanspruch|loeschungsanspruch|auskunftsrecht|recht auf|rechtsgrundlage fuer ihr)",
        ),
        0.7: (
            r"\bnicht (?:verpflichtet|veranlasst|gehalten|bereit|gewillt)\b",
            r"sehen (?:wir )?(?:\w+ )?keine (?:verpflichtung|veranlassung|grundlage)",
            r"besteht (?:\w+ )?keine (?:pflicht|verpflichtung)",
            r"(?:auskunft|loeschung|herausgabe|uebermittlung|berichtigung|widerspruch) .{0,60}(?:nicht moeglich|nicht in betracht|ausgeschlossen|scheidet aus|nicht erfolgen)",
        ),
    },
    K.PARTIAL: {
        0.85: (
            r"(?:teilweise|zum teil|nur in teilen|nur teile)\b.{0,80}(?:entsprech|entsproch|stattge|nachkomm|nachgekomm|erteil|geloescht|ablehn|abgelehnt|herausge|erfuell)",
            r"(?:geben|gebe) .{0,60}teilweise .{0,20}\bstatt\b",
            r"\b(?:teilauskunft|teilloeschung|teilweise ablehnung)\b",
        ),
        0.8: (
            r"(?:quellen?|herkunft|empfaenger\w*|angaben zu|auskunft ueber) .{0,80}(?:machen|nennen|geben|erteilen|teilen) wir (?:\w+ ){0,2}(?:nicht|keine)",
            r"(?:uebrigen?|restlich\w+|darueber hinaus\w*|soweit) .{0,140}(?:nicht (?:herausge|nachkomm|mitteil|beauskunft|erteil|offenleg|umfasst)|lehnen|verweiger|ablehn|zurueckgewiesen|kein anspruch)",
            r"(?:scoreformel|score-?formel|berechnungsmethod\w+|algorithm\w+|interne\w* (?:notiz|vermerk|bewertung|daten)\w*|geschaeftsgeheimnis\w*|herkunft|empfaenger\w*|gewichtung) .{0,120}(?:nicht (?:\w+ )?(?:herausge|mitteil|mitgeteilt|beauskunft|offen|nennen|umfasst)|keine auskunft|ausgenommen|vorenthalten|verweiger)",
        ),
        0.75: (
            r"geschwaerzt",
            r"schwaerzung",
        ),
        0.6: (
            r"mit ausnahme",
            r"ausgenommen (?:hiervon|davon|sind|ist)",
            r"hiervon ausgenommen",
        ),
    },
    K.DATA: {
        0.88: (
            rf"\b{_ATTACHED}\b.{{0,140}}\b{_COPY}",
            rf"\b{_COPY}\b.{{0,140}}\b{_ATTACHED}\b",
        ),
        0.85: (
            r"\bfolgende\w* .{0,40}(?:daten|angaben|informationen|eintraege)\b.{0,80}(?:gespeichert|verarbeit|liegen|hinterlegt|erfasst|vorhanden)",
        ),
        0.8: (
            r"(?:gespeichert|verarbeite\w*|liegen|vorliegen|haben wir|sind|fuehren).{0,60}\bfolgende\w* .{0,40}(?:daten|angaben|informationen|eintraege)",
        ),
        0.75: (
            r"(?:erteilen|geben) (?:wir|ich) (?:ihnen )?(?:hiermit |gerne? |nachfolgend |wie folgt |folgende )?.{0,60}(?:auskunft|auskuenfte)",
        ),
        0.7: (r"(?:das passwort|kennwort) .{0,60}(?:datei|archiv|zip|pdf|anhang)",),
    },
    K.DATA_LINK: {
        0.85: (
            r"(?:herunterlad|herunterzulad|download|runterlad|abruf|abzuruf|einsehbar|einsehen|abholen).{0,140}(?:daten|auskunft|datenkopie|export|datei|archiv|https?:)",
            r"(?:daten|auskunft|datenkopie|export|datei|archiv|dokument).{0,140}(?:herunterlad|herunterzulad|download|runterlad|abruf|abzuruf|bereitgestellt|bereit gestellt|zur verfuegung gestellt|zum abruf|hinterlegt in)",
        ),
        0.8: (
            r"(?:ueber|unter|mit|auf) (?:den |dem )?(?:folgenden? )?(?:link|url)\b.{0,100}(?:daten|auskunft|unterlagen|zugreif)",
        ),
    },
    K.DATA_BY_POST: {
        0.85: (
            r"(?:auskunft|daten|unterlagen|kopie|schreiben)\b.{0,80}\b(?:in die|zur|auf die) post\b",
            r"(?:per post|postalisch|auf dem postweg\w*|per (?:einwurf-?)?einschreiben|briefpost|mit (?:getrennter|separater|gleicher) post|auf postalischem weg\w*|per brief|mit der post)\b.{0,120}(?:auskunft|daten|unterlagen|informationen|antwort|zugehen|zugesandt|versend|versandt|verschick|erhalten|geschickt|uebersandt|unterwegs|kommt|zu\.?$)",
            r"(?:auskunft|daten\w*|unterlagen|informationen|antwort|schreiben)\b.{0,120}(?:per post|postalisch|auf dem postweg|per (?:einwurf-?)?einschreiben|briefpost|mit (?:getrennter|separater|gleicher) post|auf postalischem weg|per brief|mit der post)",
        ),
    },
    K.CONFIRMED: {
        0.88: (
            rf"(?:haben|wurden?|ist|sind|habe|worden)\b.{{0,140}}\b{_PAST}\b",
            rf"{_THING} .{{0,60}}{_PAST} (?:haben|wurden?|ist|sind|habe)\b",
            r"(?:loeschung|berichtigung|korrektur|sperrung|einschraenkung|umsetzung|anonymisierung) .{0,70}(?:durchgefuehrt|erfolgt|vorgenommen|abgeschlossen|bestaetig|veranlasst|umgesetzt|vollzogen)",
            r"bestaetigen .{0,40}(?:loeschung|berichtigung|sperrung)",
        ),
        0.85: (
            r"(?:widerspruch|werbewiderspruch) .{0,80}(?:umgesetzt|beruecksichtigt|vermerkt|eingetragen|nachgekommen|hinterlegt|entsprochen|stattgegeben|beachtet)",
        ),
        0.8: (
            r"werbesperre",
            r"sperr(?:liste|datei|vermerk)",
            r"robinson",
            r"(?:aus|von) (?:dem |unserem |unseren |allen )?(?:verteiler|newsletter|mailingliste)\w* .{0,30}(?:entfernt|genommen|abgemeldet|ausgetragen|raus\b)",
            r"keine (?:weitere )?(?:werbung|werbepost|post|werbemails) mehr",
        ),
        0.6: (
            rf"\b{_THING} .{{0,60}}{_PAST}[.!]?$",
            r"(?:antrag|wunsch|bitte|verlangen|ersuchen|aufforderung) .{0,60}(?:nachgekommen|entsprochen|umgesetzt|erledigt)",
        ),
        0.5: (
            r"(?:werden|wird) .{0,100}(?:geloescht|entfernt|gesperrt|berichtigt|vernichtet)",
            r"loeschen (?:wir|ihre)",
            r"\bweg\b",
            r"aus (?:der|unserer) (?:kartei|datenbank|liste) (?:genommen|gestrichen)",
        ),
    },
    K.NO_DATA: {
        0.9: (
            r"\bweder .{0,80}\bnoch .{0,80}(?:gefuehrt|gespeichert|bekannt|registriert|erfasst)",
            r"speicherung .{0,40}(?:findet (?:\w+ )?nicht statt|erfolgt (?:\w+ )?nicht|liegt nicht vor)",
            rf"\bkeine?(?:n|rlei)? (?:\w+ ){{0,5}}{_DATA}\b.{{0,100}}\b{_KEEP}",
            rf"\b(?:{_KEEP}|haben wir|besitzen|fuehren|haben|verfuegen)\b.{{0,80}}\bkeine?(?:n|rlei)? (?:\w+ ){{0,4}}{_DATA}\b",
            r"negativauskunft",
            r"negativ-?bescheid",
            r"fehlanzeige",
            r"nullauskunft",
        ),
        0.8: (
            r"\b(?:liegt|liegen|haben|finden|finde|gefunden|gespeichert|speichern)\b.{0,50}\bnichts\b",
            r"\bda ist nichts\b",
            r"\bist .{0,60}\bnichts (?:aktenkundig|bekannt|gespeichert)",
            r"\bnichts (?:zu|ueber|von) (?:ihnen|ihrer person|ihrem namen|sie)\b",
            r"\bnichts (?:gefunden|gespeichert|vorliegend)",
            r"\bin keine[mr]? (?:unserer |unseren |unserem )?(?:systeme?n?|datenbank\w*|kartei\w*|listen?|verzeichnis\w*|buch|bestand|akten?|register)\b",
            r"(?:suche|recherche|abfrage|pruefung) .{0,80}(?:ohne (?:treffer|ergebnis)|keine(?:n)? treffer|erfolglos|ergebnislos|negativ)",
        ),
        0.75: (
            r"\bnicht (?:bei uns |in unserem \w+ |in unseren \w+ )?(?:bekannt|registriert|gespeichert|erfasst|verzeichnet|gelistet|gefuehrt|auffindbar|aktenkundig)\b",
        ),
        0.7: (
            r"\b(?:nie|niemals|nicht|kein|keine) (?:\w+ ){0,2}(?:kunde|kundin|mitglied|geschaeftsbeziehung|vertragsverhaeltnis|kundenverhaeltnis|vertragsbeziehung)\b",
            r"unbekannte person",
            r"\bunbekannt\b",
            rf"{_DATA} .{{0,60}}(?:bereits|laengst|schon|turnusgemaess|routinemaessig|fristgerecht)\b.{{0,60}}(?:geloescht|vernichtet)",
        ),
    },
    K.WRONG_CONTROLLER: {
        0.88: (
            r"\b(?:nicht|kein|keine) (?:\w+ ){0,5}(?:verantwortliche\w*|verantwortlich (?:im sinne|fuer die (?:daten)?verarbeitung|i\.? ?s)|datenverarbeitende stelle)",
        ),
        0.85: (
            r"\bsondern .{0,80}(?:verantwortlich|zustaendig)",
            r"(?:verantwortlich\w*|zustaendig\w*)\b.{0,60}(?:ist|sind|liegt bei) .{0,80}(?:\bgmbh|\bag\b|\bse\b|\bkg\b|e\. ?v|\bltd|limited|s\. ?a\.|\binc\b|schwester|tochter|mutter|konzern|landesamt|stadtwerke|anstalt|inkasso|bank\b)",
        ),
        0.8: (
            r"\b(?:auftragsverarbeiter\w*|auftragsdatenverarbeit\w*|im auftrag (?:der|des|von)|lediglich (?:als )?dienstleister)\b",
            r"(?:wenden|richten) sie .{0,60}\ban (?:die|das|den|unsere|unser) .{0,80}(?:\bgmbh|\bag\b|\bse\b|\bkg\b|e\. ?v|\bltd|limited|\binc\b|schwester|tochter|mutter|aussteller|vermieter|hausbank)",
        ),
        0.75: (
            r"\b(?:verwechs\w+|nichts zu (?:tun|schaffen)\b|falsche[nrms]? (?:ansprechpartner|adressat\w*|unternehmen|firma|adresse|stelle|empfaenger\w*|stadtwerke|verein))",
        ),
        0.7: (
            r"kann ihnen nur (?:die|das|der) .{0,60}(?:geben|erteilen|beantworten|sagen)",
            r"(?:gehoer(?:t|en) nicht|nicht mehr) (?:zu|zum|zur) .{0,60}(?:gruppe|konzern|uns|unternehmen)",
            r"rechtlich (?:selbst|eigen)staendig",
            r"(?:verkauft|veraeussert|uebergegangen|uebertragen|uebernommen) (?:an|auf|von) (?:die|das|den) .{0,60}(?:gmbh|\bag\b|\bse\b|\bkg\b)",
            r"\bein(?:em|e|er|)? ander(?:es|en|em|e|er) (?:unternehmen|firma|gesellschaft|stelle|behoerde|haus)\b",
        ),
        0.65: (r"\b(?:sind|bin|ist) .{0,60}nicht (?:die |der )?(?:richtige|zustaendig\w*)",),
    },
    K.FEE_DEMAND: {
        0.88: (
            r"(?:gebuehr\w*|entgelt|unkosten\w*|kosten\w*|pauschale|bearbeitungs(?:gebuehr|pauschale)|aufwandsentschaedigung|kostenbeitrag|verwaltungskosten|schutzgebuehr|vorkasse|vorauszahlung).{0,100}(?:\d+(?:[.,]\d+)? ?(?:eur|euro|€)|erheben|berechnen|in rechnung|faellig|entrichten|begleichen|ueberweis|betraegt|betragen|vorab)",
        ),
        0.85: (
            r"(?:berechnen|erheben|ueberweisen|in rechnung|zahlen|entrichten|verlangen|eingang|zahlung).{0,100}(?:gebuehr|entgelt|pauschale|kosten|\d+(?:[.,]\d+)? ?(?:eur|euro|€))",
        ),
        0.75: (
            r"\bkostenpflichtig\b",
            r"\d+(?:[.,]\d+)? ?(?:eur|euro|€).{0,60}(?:ueberweis|konto|iban|pro auskunft|je auskunft|auskunft)",
        ),
    },
    K.IDENTITY_DEMAND: {
        0.88: (
            r"(?:kopie|scan|foto|ablichtung|vorlage|vorder-? und rueckseite|abbild)\b.{0,70}(?:personalausweis\w*|ausweis\w*|reisepass\w*|pass\b|passes|meldebescheinigung|geburtsurkunde|fuehrerschein)",
            r"\b(?:ausweiskopie|personalausweiskopie|passkopie|identitaetsnachweis\w*|identitaetspruefung|identitaetsfeststellung|legitimationsnachweis|legitimationspruefung|postident\w*|videoident\w*|online-?ausweis\w*)\b",
        ),
        0.85: (
            r"\bwann (?:\w+ ){0,2}sie geboren",
            r"(?:identitaet|identifi\w+|legitim\w+|berechtigung)\b.{0,100}(?:nachweis\w*|pruef\w*|bestaetig\w*|verifizier\w*|feststell\w*|zweifel\w*|benoetig\w*|erforderlich|sicher\w*|belegen|nachzuweisen|eindeutig\w*|ueberpruef\w*)",
            r"(?:nachweis\w*|pruef\w*|bestaetig\w*|verifizier\w*|feststell\w*|zweifel\w*|ueberpruef\w*|belegen)\b.{0,60}\bidentitaet\b",
            r"\bnicht (?:\w+ ){0,2}(?:identifizieren|zuordnen|zugeordnet)\b",
            r"eindeutige (?:zuordnung|identifi)",
            rf"\b{_ASK}\b.{{0,120}}\b{_TRAIT}\b",
        ),
        0.75: (
            rf"\b{_TRAIT}\b.{{0,80}}\b{_ASK}\b",
            r"\bob (?:sie|es sich) (?:wirklich|tatsaechlich|auch)\b.{0,60}(?:sind|die betroffene|handelt)",
            r"(?:personalausweis|ausweis|reisepass)\b.{0,60}(?:vorbei|vorzeigen|mitbringen|vorlegen|zeigen|senden|schicken|zukommen|uebermitteln)",
            r"(?:senden|schicken|zeigen|legen|bringen|mailen).{0,60}\b(?:personalausweis|ausweis|perso|reisepass)\b",
        ),
    },
    K.MANDATE_DEMAND: {
        0.9: (r"§ ?174 (?:satz 1 )?bgb",),
        0.88: (
            r"(?:vollmacht\w*|bevollmaechtig\w*|vertretungs(?:macht|befugnis|berechtigung)|ermaechtigung|abtretung\w*)\b.{0,100}(?:original\w*|vorlage|vorzulegen|vorlegen|legen|nachweis\w*|nachzuweisen|benoetig\w*|fehlt|bitte\w*|erforderlich|uebersenden|einreichen|unterschrieben\w*|zurueck\w*|reichen|nachreich\w*|beigefuegt war|nicht bei|zukommen)",
            r"(?:original\w*|vorlage|nachweis\w*|benoetig\w*|fehlt|fehlen|bitte\w*|senden|schicken|legen|unterschriebene\w*|schriftliche\w*|ohne|reichen).{0,80}\b(?:vollmacht\w*|vertretungs(?:macht|befugnis|berechtigung)|bevollmaechtig\w*)",
        ),
        0.7: (
            r"(?:berechtigt|befugt|legitimiert) (?:sind|ist).{0,40}(?:fuer|im namen|stellvertret)",
            r"in wessen (?:namen|auftrag)",
        ),
    },
    K.CLARIFICATION_DEMAND: {
        0.88: (
            r"\b(?:konkretisier\w*|praezisier\w*|spezifizier\w*|einzugrenzen|eingrenzen|eingrenzung|naeher (?:bezeichnen|bestimmen|erlaeutern|beschreiben|ausfuehren)|genauer (?:beschreiben|erlaeutern|benennen|angeben))\b",
        ),
        0.85: (
            r"\bzu (?:pauschal|unbestimmt|allgemein|unkonkret|weit gefasst)\b",
            r"\b(?:auf welche\w*|fuer welche\w*|welche[rsnm]? (?:konkrete\w* |genau\w* )?(?:daten|informationen|verarbeitung\w*|zeitraum|vertrag|kundenkonto|filiale|bereich|unternehmen|vorgang|auskuenfte|angaben)|welche\w* art)\b.{0,120}(?:\?|beziehen|bezieht|meinen|gemeint|wuenschen|moechten|interessier|geht|betrifft|betroffen|benoetigen|auskunft)",
            r"erwaegungsgrund 63",
            r"erwg\.? ?63",
        ),
        0.7: (
            r"\b(?:was|worum|worauf) (?:\w+ ){0,3}(?:genau|konkret|bezieh\w*|geht|meinen)\b",
            r"in welchem zusammenhang",
            r"koennen (?:wir )?(?:ihr|mit ihr)\w* .{0,50}nicht(?:s)? (?:anfangen|zuordnen|nachvollziehen)",
            r"was moechten sie",
        ),
    },
    K.WRONG_CHANNEL: {
        0.85: (
            r"\b(?:nutzen|verwenden|benutzen|stellen|richten|wenden|senden|schicken|kontaktieren|einreichen|ausfuellen|fuellen|loggen|melden|rufen|gehen)\b.{0,140}(?:formular\w*|portal\w*|webseite|website|homepage|\bapp\b|postalisch|postweg|schriftlich|per post|telefonisch|hotline|datenschutzbeauftragte\w*|datenschutz@|datenschutzabteilung|datenschutzteam|kundenkonto|online|filiale|@|kundenbereich)",
            r"(?:diese\w*|dieser|unter dieser) (?:e-?mail-?|mail)?(?:adresse|postfach|kanal|mailbox)\b.{0,80}(?:nicht|keine)\b.{0,60}(?:bearbeit\w*|entgegen\w*|gelesen|angenommen|ueberwacht|beantwort\w*|abgerufen|vorgesehen|geeignet|zustaendig)",
            r"(?:per e-?mail|auf diesem weg\w*|ueber diesen (?:kanal|weg)|elektronisch\w*)\b.{0,60}\b(?:nicht|keine)\b.{0,60}(?:bearbeit\w*|entgegen\w*|beantwort\w*|annehm\w*|moeglich|gestellt)",
            r"\bnur an .{0,60}@",
            r"\b(?:nur|ausschliesslich|allein)\b.{0,50}(?:ueber|per|schriftlich|postalisch|via|durch)\b.{0,80}(?:formular\w*|portal\w*|webseite|website|post\b|postweg|brief|telefon\w*|app\b|online|moeglich|entgegen\w*|gestellt|beantragt|bearbeit\w*)",
        ),
        0.75: (
            r"(?:zustaendig|richtige\w* (?:ansprechpartner\w*|stelle|adresse)).{0,80}(?:datenschutzbeauftragte\w*|datenschutzabteilung|datenschutz@|kolleg\w*|abteilung|@|rechtsabteilung)",
            r"(?:datenschutzbeauftragte\w*|datenschutzabteilung|kolleg\w*|rechtsabteilung).{0,40}(?:unter|erreichen sie|ist hierfuer|ist dafuer|zustaendig)",
        ),
    },
    K.EXTENSION: {
        0.92: (
            r"(?:frist|bearbeitungs\w*|antwortfrist|bearbeitungszeit|zeitraum)\b.{0,100}(?:verlaenger\w*|ausgedehnt|auszudehnen|erstreck\w*)",
            r"verlaenger\w*\b.{0,80}(?:frist|monat\w*|wochen|bearbeitung\w*|zeitraum|beantwortung)",
        ),
        0.85: (
            r"\b(?:weitere[nr]?|zusaetzliche[nr]?|noch) (?:zwei|2|drei|3|acht|8|sechs|6|vier|4|einen|ein|bis zu) ?\w* ?(?:monate?n?|wochen)\b",
            r"\bnicht (?:\w+ ){0,3}(?:fristgerecht|fristgemaess|rechtzeitig|innerhalb|binnen)\b",
            r"(?:innerhalb|binnen) (?:eines|der|von|des) .{0,60}\bnicht (?:\w+ ){0,3}(?:beantwort\w*|bearbeit\w*|erteil\w*|moeglich|schaffen|bereitstell\w*|abschliess\w*|nachkommen|gelingen|eingehalten|einhalten)",
        ),
        0.75: (
            r"(?:benoetigen|brauchen) (?:wir )?.{0,80}\bbis (?:ende|mitte|anfang|zum|voraussichtlich)\b",
            r"(?:mehr zeit|laenger (?:dauern|als|brauchen)|dauert (?:\w+ )?(?:noch|laenger)|verzoeger\w*|fristverlaengerung|schaffen (?:wir )?(?:es |das )?(?:\w+ )?nicht)",
        ),
        0.7: (r"art(?:\.|ikel)? ?12 ?(?:abs(?:\.|atz)?|\() ?3.{0,60}(?:satz|s\.) ?2",),
        0.6: (
            r"(?:spaetestens|voraussichtlich) .{0,20}(?:bis|zum|ende|anfang|mitte|im) .{0,60}(?:antwort|rueckmeldung|auskunft|beantwort|bescheid|erhalten|melden)",
        ),
    },
    K.ACKNOWLEDGEMENT: {
        0.85: (
            r"\b(?:anfrage|schreiben|e-?mail|nachricht|antrag|auskunftsersuchen|auskunftsanfrage|auskunftsantrag|anliegen|brief|ersuchen|mail|begehren|loeschantrag|widerspruch|mitteilung)\b.{0,70}(?:erhalten|eingegangen|angekommen|eingang|vorliegt|liegt (?:uns|hier) vor|bekommen)",
            r"(?:erhalten|eingang|eingegangen|bestaetigen|bekommen)\b.{0,60}\b(?:ihr\w*) .{0,40}(?:anfrage|schreiben|e-?mail|nachricht|antrag|auskunftsersuchen|anliegen|briefe?s?|ersuchens?|mail|begehren|schreibens|antrags|widerspruchs)",
        ),
        0.75: (
            r"\b(?:an (?:die|unsere|unseren|den) .{0,60}|intern )(?:weitergeleitet|uebergeben|weitergegeben|gegeben)",
            r"leit(?:en|e) .{0,80}weiter\b",
        ),
        0.7: (
            r"pruefung (?:\w+ ){0,2}veranlasst",
            r"(?:unterrichten|informieren|benachrichtigen) wir sie (?:\w+ ){0,2}(?:unaufgefordert|umgehend|danach|sobald|ueber das ergebnis)",
            r"nachricht hat uns erreicht",
            r"\bdank\w*\b.{0,60}\b(?:anfrage|nachricht|schreiben|e-?mail|antrag|mitteilung|anliegen|mail|brief|kontaktaufnahme)",
            r"\b(?:wir|ich) (?:werden|werde|melden|melde|pruefen|pruefe|kuemmern|kuemmere|bearbeiten|bearbeite|sehen)\b.{0,80}(?:uns|mich|anliegen|anfrage|antrag|darum|bearbeiten|pruefen|melden|zurueck|an|schnellstmoeglich|schnell)",
            r"in (?:der )?bearbeitung",
            r"wird (?:\w+ ){0,4}(?:bearbeitet|geprueft)",
            r"(?:kommen|melden) (?:\w+ ){0,5}auf sie zu",
            r"hoeren von uns",
            r"in den naechsten tagen",
        ),
    },
    K.AUTO_REPLY: {
        0.88: (
            ABSENCE,
            r"automatisch\w* (?:generiert\w*|erzeugt\w*|erstellt\w*|versandt\w*|versendet\w*|antwort|eingangsbestaetigung|nachricht|empfangsbestaetigung|bestaetigung|e-?mail|mail|benachrichtigung)",
        ),
        0.75: (
            r"traegt die (?:ticket|vorgangs|fall|bearbeitungs)\w*",
            r"^eingangsbestaetigung\b",
            r"antworten sie (?:bitte )?nicht auf diese",
            r"\b(?:ticket\w*|vorgangs?(?:nummer|-?nr)?|fallnummer|bearbeitungsnummer|case)\b.{0,60}(?:eroeffnet|angelegt|erstellt|erfasst|registriert|lautet|zugewiesen|vergeben|nummer)",
            r"(?:unter|mit) (?:der|dem) (?:ticket|vorgangs|fall|bearbeitungs|referenz)\w*",
        ),
    },
    K.OTHER: {
        0.7: (
            r"\b(?:newsletter|rabatt|gutschein\w*|sonderangebot\w*|gewinnspiel|jetzt (?:kaufen|sparen|bestellen|zugreifen|sichern)|webinar|abbestellen|versandkostenfrei|% auf)\b",
        ),
    },
}

# kind → patterns that cancel it in the same sentence
UNLESS: Mapping[K, tuple[str, ...]] = {
    K.REFUSAL: (
        r"\b(?:ohne (?:diese|die|einen?|ihre?n?|nachweis|vollmacht|identi|weitere|genauere)\b|solange|bevor|erst (?:wenn|nach|dann|sobald)|bis (?:wir|sie|uns|zur|zum|dahin)|andernfalls|ansonsten|sonst|fristgerecht|fristgemaess|innerhalb|binnen|rechtzeitig|derzeit|noch nicht|momentan|aktuell|per e-?mail|auf diesem weg\w*|telefonisch|dieser adresse|dieses postfach\w*|widerrufen|beschwerde)\b",
        r"werden (?:wir )?(?:\w+ )?nicht (?:an dritte|weiter)",
        r"nicht mit ausreichender sicherheit",
        r"eindeutig (?:zuordnen|identifi)",
    ),
    K.DATA: (
        r"(?:formular|vordruck|vollmacht|hinweisblatt|datenschutzhinweis|datenschutzerklaerung|informationsblatt|merkblatt|fragebogen)\w*",
        r"\bwelche\b",
        r"\bihre[nrms]? (?:anlage|anhang)",
        r"(?:konnten|kann|liess|laesst|koennen) .{0,40}nicht (?:oeffnen|lesen|geoeffnet)",
        r"reichen sie",
        r"senden sie",
        r"schicken sie",
        r"teilen sie",
        r"benoetigen",
        r"per post",
        r"\bkeine(?:rlei)? (?:\w+ ){0,3}(?:daten|auskunft)\b",
    ),
    K.DATA_LINK: (
        r"(?:datenschutzhinweis|datenschutzerklaerung|datenschutzinformation)\w*",
        r"anfordern",
        r"beantrag",
        r"zu stellen",
        r"stellen sie",
        r"antragsformular",
        r"formular",
        r"\bnicht\b.{0,30}(?:herunter|abruf)",
    ),
    K.DATA_BY_POST: (
        r"\b(?:senden|schicken|reichen|richten|wenden|uebersenden|stellen|legen) sie\b",
        r"\bbitte (?:\w+ ){0,3}(?:per post|postalisch|schriftlich)",
        r"\bnur (?:\w+ ){0,2}(?:per post|postalisch|schriftlich)\b.{0,40}(?:an uns|gestellt|entgegen|annehm|moeglich|akzept)",
        r"vollmacht",
        r"ausweis",
        r"an uns\b",
        r"\b(?:nur|ausschliesslich)\b",
        r"anfragen? (?:\w+ ){0,3}an\b",
    ),
    K.CONFIRMED: (
        r"\bnicht (?:\w+ ){0,2}(?:entsprochen|nachgekommen|umgesetzt)",
        r"\bbereits (?:\w+ ){0,3}(?:20[0-2]\d|vor|frueher|nach ablauf)",
        r"turnusgemaess",
        r"routinemaessig",
        r"\bnicht (?:\w+ ){0,3}(?:geloescht|entfernt|gesperrt|berichtigt|geaendert|korrigiert)",
        r"(?:ticket|anfrage|vorgang|seite|e-?mail|nachricht|datenschutzerklaerung)\w* (?:\w+ ){0,3}(?:geaendert|aktualisiert|geloescht|geschlossen)",
        r"wann .{0,60}geloescht",
        r"bis (?:sie )?.{0,40}geloescht",
        r"nach .{0,40}(?:jahren|monaten|tagen|wochen|frist) .{0,30}geloescht",
        r"geloescht (?:werden|wuerden) (?:sollen|soll|kann|koennen)",
    ),
    K.NO_DATA: (
        r"\bkeine(?:n)? (?:weitere\w*|andere\w*|sonstige\w*|darueber|zusaetzliche\w*|besondere\w*|sensible\w*|gesundheits\w*|aktuellen? negativ\w*|negativ\w*)",
        r"darueber hinaus",
        r"\ban dritte",
        r"weitergegeben",
        r"weitergeleitet",
        r"uebermittel",
        r"werbezweck",
        r"drittland",
        r"drittstaat",
        r"automatisierte",
        r"profiling",
        r"\bwir (?:\w+ )?ihnen keine",
        r"ohne (?:diese|die|ihr|weitere|geburts|naehere)",
        r"solange",
        r"keine auskunft",
        r"noch keine",
        r"eindeutig",
        r"nichts zu (?:tun|schaffen)",
    ),
    K.WRONG_CONTROLLER: (
        r"nicht verantwortlich fuer den inhalt",
        r"haftung",
        r"verantwortlicher (?:im sinne|i\.? ?s\.?) .{0,60}(?:ist|sind) (?:die )?(?:wir|unser)",
        r"auftragsverarbeiter\w* (?:ein|weiter)",
        r"empfaenger",
        r"abteilung",
        r"datenschutzbeauftragt",
        r"dienstleister (?:ein|weiter|versend)",
        r"(?:von|durch) (?:unserem|unseren|einen) (?:auftragsverarbeiter|dienstleister)",
    ),
    K.FEE_DEMAND: (
        r"\b(?:kostenlos\w*|kostenfrei\w*|unentgeltlich\w*|gebuehrenfrei\w*|keine (?:\w+ )?(?:kosten|gebuehr\w*)|ohne (?:zusaetzliche )?kosten|versandkosten\w*|kostenfreie)\b",
    ),
    K.IDENTITY_DEMAND: (
        r"(?:\bkein(?:e|en|erlei)? [^,]{0,40}(?:ausweis|kopie|nachweis|identi|unterlagen)\w*[^,]{0,60}(?:erforderlich|noetig|notwendig|benoetig|brauch|verlang|schick|send|uebermittel))",
        r"(?:benoetigen|brauchen|verlangen|fordern|senden|schicken|uebermitteln) (?:wir |sie )?[^,]{0,20}\bkein",
        r"(?:ausweis\w*|kopie\w*|nachweis\w*|identitaet\w*) [^,]{0,40}\bnicht\b(?! eindeutig| zweifelsfrei)",
        r"nicht (?:erforderlich|noetig|notwendig|benoetigt)",
        r"\bverzicht",
        r"(?:dank|danken)\b.{0,60}(?:ausweis|nachweis|identi)",
        r"(?:ausweis\w*|nachweis\w*|identitaet\w*) .{0,40}(?:haben wir (?:\w+ )?(?:erhalten|geprueft|gepruft)|liegt uns vor|wurde (?:\w+ )?(?:bestaetigt|geprueft|festgestellt|verifiziert))",
        r"(?:anhand|aufgrund) (?:ihrer|der|des) .{0,60}(?:identifiziert|geprueft)",
        r"@",
    ),
    K.MANDATE_DEMAND: (
        r"\bkeine (?:\w+ )?vollmacht (?:\w+ )?(?:erforderlich|noetig|notwendig|benoetig)",
        r"nicht (?:erforderlich|noetig|notwendig)",
        r"vollmacht .{0,20}(?:haben wir erhalten|liegt (?:uns )?vor|wurde geprueft)",
        r"dank\w* .{0,40}vollmacht",
    ),
    K.CLARIFICATION_DEMAND: (
        r"informieren wir sie",
        r"erfahren sie",
        r"koennen sie .{0,60}entnehmen",
        r"finden sie",
        r"teilen wir ihnen mit",
        r"nachfolgend",
    ),
    K.WRONG_CHANNEL: (
        r"\b(?:rueckfragen|fragen|beschwerde|aufsichtsbehoerde|auch gerne?|gerne? auch|alternativ|zusaetzlich|dringend\w*|notfaell\w*|vertretung|in dringenden|unter dieser (?:e-?mail)?-?adresse (?:gern|jederzeit))\b",
        r"ausweis",
        r"vollmacht",
        r"\bidenti",
        r"geburtsdat",
        r"kopie",
        r"download",
        r"herunterlad",
        r"per post (?:an ihre|zu\b)",
        r"newsletter",
    ),
    K.EXTENSION: (
        r"nicht verlaenger",
        r"aufbewahrungsfrist",
        r"speicherfrist",
        r"vertrag\w* verlaenger",
        r"loeschfrist",
    ),
    K.ACKNOWLEDGEMENT: (
        r"\bnicht (?:erhalten|eingegangen|bekommen)",
        r"keine .{0,40}erhalten",
        r"widerspruch gegen",
        r"widersprochen",
    ),
    K.AUTO_REPLY: (
        r"ohne unterschrift",
        r"maschinell",
        r"vollautomatisier",
        r"automatisierte entscheidung",
        r"per post",
        r"zahlung",
        r"ausweis",
    ),
}
