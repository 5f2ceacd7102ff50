"""A small invented campaign: its terms, its controllers, its members."""

PASSPHRASE = "six invented words for a test"
ADDRESS = "campaign@mitmachen.example"
START = "2026-03-02"

ACCOUNTS = f"""\
accounts:
  campaign:
    address: {ADDRESS}
    plus: true
"""

ORGANISER = """\
slug: probe
title: Was wissen sie?
organiser:
  name: Initiative Mitmachen
  email: hallo@mitmachen.example
  address: [Marktplatz 1, 28195 Bremen]
ways: [own-name]
account: campaign
"""
CROWD = f"""\
{ORGANISER}requests:
  - rights: [access]
    controllers: [suedstern]
"""
"""How the terms of a campaign start whose members all write to one controller."""
ACCESS = """\
  - rights: [access]
    controllers: [nordlicht, suedstern, papierwerk]
"""
OBJECTION = """\
  - rights: [objection]
    letter: objection-situation
    controllers: [suedstern]
"""
"""What may stand in place of :data:`ACCESS`: letters that leave only with their members' own reasons and their yes."""
CAMPAIGN = f"""\
{ORGANISER}requests:
{ACCESS}consent:
  version: "1"
  scopes: [statistics]
  text: Ich bin einverstanden.
recipes: [de-credit-score-sheet, de-credit-bureau-export]
threshold: 3
"""

# nordlicht needs a date of birth; papierwerk takes paper only.
CONTROLLERS = """\
controllers:
  - id: nordlicht
    name: Auskunftei Nordlicht GmbH
    country: DE
    subdivision: HH
    categories: [credit-bureau]
    address: [Deichstraße 5, 20459 Hamburg, Deutschland]
    email: datenschutz@nordlicht.example
    domains: [nordlicht.example]
    languages: [de]
    identify_by: [{field: name}, {field: address}, {field: birthdate}]
    channels: [email, post]
    authority: de-hh-hmbbfdi
    sources: [https://nordlicht.example/datenschutz]
    checked: 2026-02-01
    quality: verified
  - id: suedstern
    name: Südstern Versand AG
    country: DE
    subdivision: HE
    categories: [mail-order]
    address: [Sternweg 8, 65183 Wiesbaden, Deutschland]
    email: auskunft@suedstern.example
    domains: [suedstern.example]
    languages: [de]
    identify_by: [{field: name}, {field: address}]
    channels: [email, post]
    authority: de-he-hbdi
    sources: [https://suedstern.example/datenschutz]
    checked: 2026-02-01
    quality: verified
  - id: papierwerk
    name: Papierwerk Inkasso KG
    country: DE
    subdivision: BY
    categories: [debt-collection]
    address: [Mühlgasse 3, 80331 München, Deutschland]
    domains: [papierwerk.example]
    languages: [de]
    identify_by: [{field: name}, {field: address}]
    channels: [post]
    refuses: [email]
    authority: de-by-lda
    sources: [https://papierwerk.example/datenschutz]
    checked: 2026-02-01
    quality: verified
"""

# Gaps: emre lets answers come to himself and did not agree to pooling, tamar gave no date of birth, hanna no mandate.
MEMBERS = """\
member,given_name,family_name,street,postal_code,city,country,email,birthdate,mandate_date,receive_date,consent_version,consent_scope
MJANA0001,Jana,Özdemir,Lindenallee 12,24105,Kiel,DE,jana@heimpost.example,1988-04-09,2026-02-20,2026-02-20,1,statistics
MPETRA002,Petra,Wiśniewska,Fährgasse 7,20457,Hamburg,DE,petra@heimpost.example,1975-11-30,2026-02-20,2026-02-20,1,statistics
MZEHRA003,Zehra,Yıldız,Isarufer 40,80469,München,DE,zehra@heimpost.example,1993-01-17,2026-02-20,2026-02-20,1,statistics
MEMRE0004,Emre,Lindqvist,Kornmarkt 2,60311,Frankfurt am Main,DE,emre@heimpost.example,1969-08-02,2026-02-20,,,
MTAMAR005,Tamar,Nowakowski,Rosenweg 9,01067,Dresden,DE,tamar@heimpost.example,,2026-02-20,2026-02-20,1,statistics
MHANNA006,Hanna,Moreau,Bergstraße 31,70173,Stuttgart,DE,hanna@heimpost.example,1990-12-24,,,,
"""
IDS = {"jana": "MJANA0001", "petra": "MPETRA002", "zehra": "MZEHRA003", "emre": "MEMRE0004", "tamar": "MTAMAR005"}
# Whatever of a member must not stand in any line of a command: names, streets, mail addresses.
PERSONAL = (
    *("Jana", "Petra", "Zehra", "Emre", "Tamar", "Hanna", "heimpost"),
    *("Özdemir", "Wiśniewska", "Yıldız", "Lindqvist", "Nowakowski", "Moreau"),
    *("Lindenallee", "Fährgasse", "Isarufer", "Kornmarkt", "Rosenweg", "Bergstraße"),
)
