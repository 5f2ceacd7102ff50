"""Invented German replies, each with what it says: (name, kind, text, names of attached files)."""

MESSAGES: list[tuple[str, str, str, tuple[str, ...]]] = [
    ("one-liner of a shop", "no-data", "Hallo,\nwir haben nichts über Sie gespeichert.\nLG Tom vom Radladen", ()),
    (
        "bank, formal",
        "no-data",
        """Sehr geehrte Frau Beispiel,

wir nehmen Bezug auf Ihr Schreiben vom 3. März. Nach Prüfung unserer Systeme teilen wir Ihnen mit, dass zu
Ihrer Person keine personenbezogenen Daten bei der Musterbank eG gespeichert sind.

Mit freundlichen Grüßen
Musterbank eG, Datenschutz
Sitz der Gesellschaft: Musterstadt""",
        (),
    ),
    (
        "bureau, negative",
        "no-data",
        """Guten Tag,

zu den von Ihnen angegebenen Personalien liegen uns derzeit keine Informationen vor. Wir erteilen Ihnen daher
eine Negativauskunft.

Freundliche Grüße
Auskunftei Nord""",
        (),
    ),
    (
        "club without a record",
        "no-data",
        "Lieber Herr Muster,\n\nSie sind bei uns nicht als Mitglied verzeichnet, wir haben die Kartei durchgesehen.\n\nViele Grüße\nTSV Beispielheim",
        (),
    ),
    (
        "data as PDF",
        "data",
        """Sehr geehrter Herr Muster,

vielen Dank für Ihre Anfrage. In der Anlage erhalten Sie die Auskunft über die bei uns zu Ihrer Person
gespeicherten Daten.

Mit freundlichen Grüßen
i. A. Kundenservice""",
        ("Auskunft_2024-0815.pdf",),
    ),
    (
        "data with 'no further data'",
        "data",
        """Guten Tag,

anbei übersenden wir Ihnen eine Kopie Ihrer Daten als ZIP-Datei. Weitere Daten sind zu Ihrer Person nicht gespeichert.
Das Passwort erhalten Sie mit gesonderter Mail.

Beste Grüße""",
        ("export.zip",),
    ),
    ("data file without words", "data", "Guten Tag, wie gewünscht. Gruß, M. Muster", ("kundendaten.csv",)),
    (
        "data and no scores",
        "data",
        """Sehr geehrte Frau Beispiel,

zu Ihrer Bonität liegen uns keine Informationen vor. Ihre Stammdaten finden Sie im Anhang als PDF.

Mit freundlichen Grüßen""",
        ("Stammdaten.pdf",),
    ),
    (
        "data in the text",
        "data",
        """Sehr geehrte Frau Beispiel,

folgende Daten haben wir zu Ihrer Person gespeichert:

Name: Erika Beispiel
Anschrift: Hauptstraße 1, 12345 Musterstadt
Geburtsdatum: 01.02.1980
Kundin seit: 2015

Mit freundlichen Grüßen
Stadtwerke""",
        (),
    ),
    (
        "data behind a link",
        "data-link",
        """Hallo Erika,

deine Datenkopie steht bereit. Du kannst das Archiv unter https://konto.beispiel.example/export/8c2 herunterladen.
Der Link ist 7 Tage gültig.

Dein Team""",
        (),
    ),
    (
        "data by post",
        "data-by-post",
        "Sehr geehrter Herr Muster,\n\naus Gründen des Datenschutzes senden wir Ihnen die Auskunft per Post an Ihre Meldeadresse zu.\n\nMit freundlichen Grüßen",
        (),
    ),
    (
        "posted yesterday",
        "data-by-post",
        "Guten Tag Herr Muster,\n\nIhre Selbstauskunft haben wir gestern per Einschreiben verschickt.\n\nGruß\nA. Beispiel",
        (),
    ),
    (
        "copy of an identity card",
        "identity-demand",
        """Sehr geehrte Damen und Herren,

um Ihre Anfrage bearbeiten zu können, benötigen wir eine Kopie Ihres Personalausweises (Vorder- und Rückseite).
Nicht benötigte Angaben dürfen Sie schwärzen.

Mit freundlichen Grüßen""",
        (),
    ),
    (
        "birth date wanted",
        "identity-demand",
        "Hallo Frau Beispiel,\n\nbitte teilen Sie uns noch Ihr Geburtsdatum und Ihre Kundennummer mit, damit wir Sie finden.\n\nViele Grüße",
        (),
    ),
    (
        "cannot tell apart",
        "identity-demand",
        """Sehr geehrter Herr Muster,

leider konnten wir Sie anhand der Angaben nicht eindeutig identifizieren. Ohne weitere Angaben können wir Ihrem
Antrag nicht nachkommen. Bitte nennen Sie uns Ihre früheren Anschriften.

Mit freundlichen Grüßen""",
        (),
    ),
    (
        "no identity card needed",
        "acknowledgement",
        "Guten Tag,\n\nwir haben Ihren Antrag erhalten und bearbeiten ihn. Eine Ausweiskopie benötigen wir nicht; bitte senden Sie uns keine Kopie Ihres Ausweises.\n\nMit freundlichen Grüßen",
        (),
    ),
    (
        "original mandate",
        "mandate-demand",
        """Sehr geehrte Damen und Herren,

Ihrem Schreiben lag keine Vollmacht bei. Wir weisen es daher gemäß § 174 BGB zurück und bitten um Vorlage der
Vollmacht im Original.

Rechtsanwälte Muster & Partner""",
        (),
    ),
    (
        "who do you act for",
        "mandate-demand",
        "Guten Tag,\n\nbitte reichen Sie uns eine unterschriebene Vollmacht der betroffenen Person nach.\n\nFreundliche Grüße",
        (),
    ),
    (
        "which data",
        "clarification-demand",
        """Sehr geehrter Herr Muster,

wir verarbeiten eine große Menge von Informationen über Sie. Bitte präzisieren Sie gemäß Erwägungsgrund 63, auf welche
Informationen oder Verarbeitungsvorgänge sich Ihr Auskunftsersuchen bezieht.

Mit freundlichen Grüßen""",
        (),
    ),
    (
        "what is it about",
        "clarification-demand",
        "Hallo, worum genau geht es Ihnen denn? Welche Filiale betrifft das?\n\nGruß, Kaufhaus Beispiel",
        (),
    ),
    (
        "fee",
        "fee-demand",
        "Sehr geehrte Frau Beispiel,\n\nfür die Erteilung der Auskunft berechnen wir eine Bearbeitungsgebühr in Höhe von 25,00 EUR, zahlbar im Voraus.\n\nMit freundlichen Grüßen",
        (),
    ),
    (
        "portal only",
        "wrong-channel",
        "Guten Tag,\n\nAnfragen zum Datenschutz nehmen wir ausschließlich über unser Kontaktformular unter www.beispiel.example/datenschutz entgegen.\n\nIhr Serviceteam",
        (),
    ),
    (
        "other desk",
        "wrong-channel",
        "Hallo,\n\nhier ist der Einkauf. Bitte wenden Sie sich an unseren Datenschutzbeauftragten unter datenschutz@firma.example.\n\nVG",
        (),
    ),
    (
        "processor",
        "wrong-controller",
        """Sehr geehrter Herr Muster,

wir sind nicht Verantwortlicher im Sinne der DSGVO, sondern handeln lediglich als Auftragsverarbeiter. Bitte wenden Sie
sich an die Beispiel Versicherung AG.

Mit freundlichen Grüßen""",
        (),
    ),
    (
        "wrong company",
        "wrong-controller",
        "Guten Tag, da liegt wohl eine Verwechslung vor: Mit der Muster Kredit GmbH haben wir nichts zu tun, das ist ein anderes Unternehmen.\nGruß",
        (),
    ),
    (
        "extension with reasons",
        "extension",
        """Sehr geehrte Frau Beispiel,

aufgrund der Vielzahl der eingegangenen Anträge müssen wir die Frist zur Beantwortung gemäß Art. 12 Abs. 3 DSGVO um zwei
weitere Monate verlängern.

Mit freundlichen Grüßen""",
        (),
    ),
    (
        "not within a month",
        "extension",
        "Guten Tag,\n\nleider können wir Ihre Anfrage nicht innerhalb eines Monats beantworten.\n\nMit freundlichen Grüßen\nDatenschutzteam",
        (),
    ),
    (
        "refusal by a lawyer",
        "refusal",
        """Sehr geehrte Damen und Herren,

namens unserer Mandantin lehnen wir Ihren Antrag auf Auskunft ab. Er ist offenkundig unbegründet und rechtsmissbräuchlich.

Hochachtungsvoll
Kanzlei Dr. Muster""",
        (),
    ),
    (
        "no claim",
        "refusal",
        "Sehr geehrter Herr Muster,\n\nein Anspruch auf Löschung besteht nicht. Wir werden Ihrem Begehren daher nicht entsprechen.\n\nMit freundlichen Grüßen",
        (),
    ),
    (
        "erased",
        "confirmed",
        "Hallo Herr Muster,\n\nwir haben Ihr Kundenkonto und alle dazugehörigen Daten gestern gelöscht.\n\nViele Grüße",
        (),
    ),
    (
        "erased but for invoices",
        "confirmed",
        """Sehr geehrte Frau Beispiel,

Ihre personenbezogenen Daten wurden gelöscht. Ausgenommen sind Rechnungen, die wir nach § 147 AO zehn Jahre aufbewahren müssen.

Mit freundlichen Grüßen""",
        (),
    ),
    (
        "objection noted",
        "confirmed",
        "Guten Tag,\n\nIhr Widerspruch gegen die Nutzung zu Werbezwecken wurde vermerkt. Sie erhalten keine Werbung mehr von uns.\n\nFreundliche Grüße",
        (),
    ),
    (
        "partly erased",
        "partial",
        """Sehr geehrter Herr Muster,

Ihre E-Mail-Adresse haben wir gelöscht. Die Gesprächsnotizen bleiben weiterhin gespeichert, da wir sie für die
Qualitätssicherung brauchen.

Mit freundlichen Grüßen""",
        (),
    ),
    (
        "data but no formula",
        "partial",
        """Sehr geehrte Frau Beispiel,

anbei erhalten Sie Ihre Datenübersicht. Die Scoreformel können wir als Geschäftsgeheimnis nicht herausgeben.

Mit freundlichen Grüßen""",
        ("uebersicht.pdf",),
    ),
    (
        "receipt by a person",
        "acknowledgement",
        "Guten Tag Frau Beispiel,\n\nIhr Schreiben vom 2. Mai ist bei uns eingegangen. Wir melden uns bei Ihnen.\n\nMit freundlichen Grüßen\nS. Beispiel",
        (),
    ),
    (
        "passed on",
        "acknowledgement",
        "Hallo,\n\ndanke für Ihre Mail, ich habe sie an unsere Rechtsabteilung weitergeleitet.\n\nLG\nJana",
        (),
    ),
    (
        "out of office",
        "auto-reply",
        "Guten Tag,\n\nich bin bis zum 15. August nicht im Büro. In dringenden Fällen wenden Sie sich bitte an zentrale@firma.example.\n\nMit freundlichen Grüßen\nPeter Muster",
        (),
    ),
    (
        "ticket opened",
        "auto-reply",
        "Vielen Dank für Ihre Nachricht. Ihr Anliegen wurde unter der Ticketnummer 2024-1234 erfasst. Dies ist eine automatisch generierte E-Mail, bitte antworten Sie nicht darauf.",
        (),
    ),
    (
        "newsletter",
        "other",
        "Nur noch heute: 20 % auf alles! Jetzt bestellen und Gutschein sichern. Newsletter abbestellen: https://shop.example/x",
        (),
    ),
    ("price and date", "other", "Ihre Bestellung: EUR 500 5.12.2023. Der Artikel ist unterwegs.", ()),
    (
        "free wording de1",
        "no-data",
        "Moin,\ndas muss ein Irrtum sein, Sie stehen bei uns in keinem Buch und in keinem Rechner.\nGruß vom Hof",
        (),
    ),
    (
        "free wording de2",
        "no-data",
        "Sehr geehrter Herr Kranz,\n\nIhre Anfrage haben wir geprüft. Unter den mitgeteilten Daten ist in unserem Bestand kein Datensatz vorhanden.\n\nMit freundlichem Gruß",
        (),
    ),
    ("free wording de3", "no-data", "Nein, da ist nichts. Wir speichern grundsätzlich nichts von unseren Gästen.", ()),
    (
        "free wording de4",
        "identity-demand",
        "Hallo,\n\nda könnte ja jeder kommen. Schicken Sie mir erstmal Ihren Perso, dann sehen wir weiter.\n\nKlaus",
        (),
    ),
    (
        "free wording de5",
        "identity-demand",
        "Sehr geehrte Frau Lind,\n\nIhre Anfrage ist bei uns eingegangen. Zur Vermeidung einer Auskunftserteilung an Unbefugte bitten wir Sie, sich uns gegenüber zu legitimieren. Hierfür genügt ein Scan Ihres Ausweises. Sobald uns dieser vorliegt, erhalten Sie die gewünschte Auskunft.\n\nFreundliche Grüße",
        (),
    ),
    (
        "free wording de6",
        "refusal",
        "Sehr geehrter Herr Ott,\n\nwir sehen uns nicht veranlasst, Ihnen die begehrten Informationen zu geben, und betrachten die Angelegenheit als erledigt.\n\nHochachtungsvoll",
        (),
    ),
    (
        "free wording de7",
        "refusal",
        "Guten Tag,\n\nIhrem Antrag auf Löschung kann leider nicht entsprochen werden, da das Vertragsverhältnis noch besteht.\n\nMit freundlichen Grüßen",
        (),
    ),
    (
        "free wording de8",
        "extension",
        "Hallo Frau Lind,\n\nwir schaffen das leider nicht fristgerecht, weil bei uns gerade das System umgestellt wird. Sie bekommen die Unterlagen spätestens Ende Oktober.\n\nViele Grüße",
        (),
    ),
    (
        "free wording de9",
        "acknowledgement",
        "Guten Tag, Ihr Brief liegt auf meinem Tisch, ich kümmere mich drum. Gruß, M. Otter",
        (),
    ),
    (
        "free wording de10",
        "acknowledgement",
        "Sehr geehrte Frau Lind,\n\nhiermit bestätigen wir den Eingang Ihres Auskunftsersuchens vom 4. April. Die Bearbeitung erfolgt innerhalb der gesetzlichen Frist. Sollten wir zur Bearbeitung weitere Angaben benötigen, kommen wir auf Sie zu.\n\nMit freundlichen Grüßen",
        (),
    ),
    ("free wording de11", "confirmed", "Hallo,\nist erledigt, Sie sind aus dem Verteiler raus.\nLG", ()),
    (
        "free wording de12",
        "confirmed",
        "Sehr geehrter Herr Ott,\n\nIhre neue Anschrift haben wir in unserem System berichtigt.\n\nMit freundlichen Grüßen",
        (),
    ),
    (
        "free wording de13",
        "wrong-channel",
        "Datenauskünfte erteilen wir nur schriftlich auf dem Postweg nach schriftlicher Anfrage an: Firma, Postfach 1, 12345 Stadt.",
        (),
    ),
    (
        "free wording de14",
        "wrong-controller",
        "Guten Tag,\n\nfür die Abrechnung ist nicht die Hausverwaltung, sondern die Messdienst Süd GmbH verantwortlich. Bitte wenden Sie sich direkt dorthin.\n\nMfG",
        (),
    ),
    (
        "free wording de15",
        "mandate-demand",
        "Wir benötigen noch einen Nachweis, dass Sie von Frau Lind bevollmächtigt sind. Bitte senden Sie uns das Original.",
        (),
    ),
    (
        "free wording de16",
        "data",
        "Hallo Frau Lind, im Anhang alles, was wir von Ihnen haben. Beste Grüße aus dem Studio",
        ("Lind.pdf",),
    ),
    (
        "free wording de17",
        "data",
        "Sehr geehrte Frau Lind,\n\nbeigefügt erhalten Sie die Auskunft gemäß Art. 15 DSGVO. Sie haben ein Recht auf Berichtigung und Löschung sowie ein Beschwerderecht bei einer Aufsichtsbehörde. Ihre Daten wurden nicht an Dritte weitergegeben. Eine automatisierte Entscheidungsfindung findet nicht statt.\n\nMit freundlichen Grüßen",
        ("DSGVO.pdf",),
    ),
    (
        "free wording de18",
        "clarification-demand",
        "Guten Tag,\n\nkönnten Sie Ihr Anliegen bitte etwas genauer schildern? Wir wissen nicht, welche Daten Sie meinen.\n\nGruß",
        (),
    ),
    ("free wording de19", "fee-demand", "Die Auskunft kostet 15 Euro, bitte vorab überweisen.", ()),
    (
        "free wording de20",
        "auto-reply",
        "Danke für Ihre Nachricht! Ich bin im Urlaub und ab dem 3. September wieder da. Ihre E-Mail wird nicht weitergeleitet.",
        (),
    ),
    (
        "free wording de21",
        "data-link",
        "Sehr geehrter Herr Ott,\n\nwir haben Ihnen die angeforderten Unterlagen in Ihrem Kundenportal bereitgestellt: https://portal.firma.example. Dort können Sie das Dokument 30 Tage lang abrufen.\n\nMit freundlichen Grüßen",
        (),
    ),
    (
        "free wording de22",
        "partial",
        "Sehr geehrter Herr Ott,\n\nIhrem Antrag geben wir teilweise statt. Die Kontaktdaten sind gelöscht, die Schadensakte behalten wir.\n\nMit freundlichen Grüßen",
        (),
    ),
    (
        "free wording de23",
        "other",
        "Sehr geehrte Damen und Herren, wir bieten Ihnen unsere Dienste in der Gebäudereinigung an. Gerne erstellen wir ein unverbindliches Angebot.",
        (),
    ),
    (
        "other wording de1",
        "no-data",
        "Sehr geehrte Frau Wolf,\n\nunsere Recherche hat ergeben, dass Sie bei uns weder als Interessentin noch als Kundin geführt werden. Eine Speicherung Ihrer Daten findet somit nicht statt.\n\nMit besten Grüßen",
        (),
    ),
    (
        "other wording de2",
        "acknowledgement",
        "Sehr geehrter Herr Roth,\n\nwir nehmen Ihr Anliegen ernst und haben die Prüfung veranlasst. Nach deren Abschluss unterrichten wir Sie unaufgefordert.\n\nMit freundlichen Grüßen",
        (),
    ),
    (
        "other wording de3",
        "refusal",
        "Sehr geehrter Herr Roth,\n\nnach interner Prüfung müssen wir Ihnen mitteilen, dass wir Ihrem Auskunftsverlangen nicht Folge leisten werden. Es handelt sich erkennbar um ein Massenschreiben.\n\nMit freundlichen Grüßen",
        (),
    ),
    (
        "other wording de4",
        "identity-demand",
        "Hallo Herr Roth, zu Ihrem Namen gibt es bei uns drei Treffer. Wann sind Sie geboren? Dann kann ich weitersuchen. Gruß Meier",
        (),
    ),
    (
        "other wording de5",
        "wrong-channel",
        "Liebe Kundin, lieber Kunde,\n\nfür Datenschutzanliegen steht Ihnen in der App unter Profil > Privatsphäre eine eigene Funktion zur Verfügung. Per E-Mail können wir das leider nicht bearbeiten.\n\nIhr Team",
        (),
    ),
    (
        "other wording de6",
        "data",
        "Sehr geehrte Frau Wolf,\n\nIhrem Wunsch entsprechend erhalten Sie mit dieser Nachricht sämtliche zu Ihrer Person hinterlegten Angaben (siehe Anlage).\n\nFreundliche Grüße",
        ("Wolf_2024.pdf",),
    ),
    (
        "other wording de7",
        "extension",
        "Sehr geehrte Frau Wolf,\n\nwegen Personalmangels benötigen wir für die Bearbeitung voraussichtlich bis Ende September. Dafür bitten wir um Verständnis.\n\nMit freundlichen Grüßen",
        (),
    ),
    (
        "other wording de8",
        "confirmed",
        "Guten Tag,\n\nIhre Daten sind aus unseren Beständen entfernt worden. Eine Wiederherstellung ist nicht möglich.\n\nGrüße",
        (),
    ),
    (
        "other wording de9",
        "data-by-post",
        "Guten Tag Frau Wolf,\n\ndie Unterlagen gehen heute an Ihre Anschrift in die Post.\n\nGruß",
        (),
    ),
    (
        "other wording de10",
        "fee-demand",
        "Wir bitten um Verständnis, dass wir für den Aufwand eine Pauschale von 30 € in Rechnung stellen.",
        (),
    ),
    (
        "other wording de11",
        "mandate-demand",
        "Als Bevollmächtigte müssen Sie Ihre Vertretungsmacht nachweisen. Eine Kopie reicht uns nicht.",
        (),
    ),
    (
        "other wording de12",
        "wrong-controller",
        "Die von Ihnen gewünschte Auskunft kann Ihnen nur das Jobcenter geben, wir haben mit der Datenverarbeitung nichts zu schaffen.",
        (),
    ),
    (
        "other wording de13",
        "clarification-demand",
        "Ihr Antrag ist uns zu pauschal. Nennen Sie uns bitte Vertragsart und Zeitraum, um die es Ihnen geht.",
        (),
    ),
    ("other wording de14", "acknowledgement", "Ihre Anfrage wird bearbeitet.", ()),
    (
        "other wording de15",
        "auto-reply",
        "Eingangsbestätigung: Ihre Nachricht hat uns erreicht und trägt die Vorgangsnummer 88-21. Bitte antworten Sie nicht auf diese E-Mail.",
        (),
    ),
    (
        "other wording de16",
        "partial",
        "Sehr geehrte Frau Wolf,\n\ndie Auskunft finden Sie anbei. Angaben zu den Quellen der Daten machen wir nicht.\n\nGruß",
        ("Auskunft.pdf",),
    ),
    ("other wording de17", "other", "Ihre Rechnung für Juni steht bereit. Betrag: 49,99 EUR. Fällig am 1.7.2024.", ()),
    ("last wording de1", "no-data", "Grüß Gott, bei uns im Haus ist von Ihnen nichts aktenkundig. Pfiat Eana", ()),
    (
        "last wording de2",
        "no-data",
        "Sehr geehrte Frau Abel,\n\nwir bestätigen, dass wir zum Zeitpunkt Ihrer Anfrage keinerlei Sie betreffende Daten verarbeitet haben. Die im Rahmen dieses Schriftwechsels anfallenden Daten speichern wir drei Jahre.\n\nMit freundlichen Grüßen",
        (),
    ),
    (
        "last wording de3",
        "data",
        "Sehr geehrte Frau Abel,\n\nanliegend die Auskunft. Die Verarbeitung beruht auf Art. 6 Abs. 1 lit. b DSGVO. Empfänger sind unsere Auftragsverarbeiter. Die Speicherdauer beträgt zehn Jahre.\n\nMit freundlichen Grüßen",
        ("anlage1.pdf",),
    ),
    (
        "last wording de4",
        "refusal",
        "Ihr Löschbegehren müssen wir zurückweisen. Solange Sie Kunde sind, brauchen wir die Daten.",
        (),
    ),
    (
        "last wording de5",
        "identity-demand",
        "Bevor wir Auskunft geben, müssen Sie sich per PostIdent ausweisen. Den Coupon finden Sie anbei.",
        ("coupon.pdf",),
    ),
    (
        "last wording de6",
        "extension",
        "Wir bitten um Fristverlängerung bis zum 30.11., da der zuständige Mitarbeiter erkrankt ist.",
        (),
    ),
    (
        "last wording de8",
        "confirmed",
        "Wir haben Ihre Adresse für Werbung gesperrt. Bereits in Druck befindliche Sendungen können Sie noch erreichen.",
        (),
    ),
    (
        "last wording de9",
        "acknowledgement",
        "Lieber Herr Zorn, ich habe das an die Kollegen vom Datenschutz gegeben, die melden sich. Viele Grüße",
        (),
    ),
    (
        "last wording de10",
        "auto-reply",
        "Unsere Geschäftsstelle ist vom 24.12. bis 6.1. geschlossen. Ihre E-Mail wird danach beantwortet.",
        (),
    ),
    (
        "last wording de11",
        "data-link",
        "Ihre Datenauskunft liegt zum Abruf bereit: https://auskunft.kasse.example/abruf. Zugangscode folgt per SMS.",
        (),
    ),
    (
        "last wording de12",
        "partial",
        "Wir haben Ihren Account gelöscht, Ihre Forenbeiträge bleiben aber anonymisiert bestehen, das Protokoll Ihrer Sperre behalten wir.",
        (),
    ),
    (
        "last wording de7",
        "wrong-channel",
        "Datenschutzanfragen bitte nur an datenschutz@kette.example, wir als Filiale können da nichts machen.",
        (),
    ),
]
