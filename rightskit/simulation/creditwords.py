"""The words of the invented credit bureaus: their slugs, how German documents print them, and invented companies."""

from __future__ import annotations

SECTORS = {
    "banks": "Banken",
    "savings-banks": "Sparkassen",
    "mortgage-lenders": "Hypothekengeschäft",
    "retail": "Handel",
    "mail-order": "Versandhandel",
    "telecoms": "Telekommunikation",
    "self-employed": "Freiberufler",
    "small-business": "Kleingewerbe",
}
ENTRY_KINDS = {
    "current-account": "Girokonto",
    "credit-card": "Kreditkarte",
    "instalment-loan": "Ratenkredit",
    "mobile-contract": "Mobilfunkvertrag",
    "mail-order-account": "Kundenkonto",
    "collection": "Forderung",
}
CREDITOR_TYPES = {
    "bank": "Kreditinstitut",
    "telecoms": "Telekommunikation",
    "mail-order": "Versandhandel",
    "utility": "Energieversorger",
    "collector": "Inkassounternehmen",
}
PURPOSES = {
    "account": "Kontoeröffnung",
    "credit-terms": "Konditionsanfrage",
    "credit": "Kreditanfrage",
    "contract": "Vertragsanbahnung",
    "purchase-on-account": "Rechnungskauf",
}
# From which score value (of 9999) a rating level and its words hold.
RATINGS = (
    (9700, "A", "sehr geringes Risiko"),
    (9500, "B", "sehr geringes Risiko"),
    (9200, "C", "geringes Risiko"),
    (8800, "D", "geringes Risiko"),
    (8200, "E", "überschaubares Risiko"),
    (7400, "F", "überschaubares Risiko"),
    (6200, "G", "erhöhtes Risiko"),
    (4500, "H", "erhöhtes Risiko"),
    (2500, "K", "deutlich erhöhtes Risiko"),
    (1000, "L", "hohes Risiko"),
    (0, "M", "sehr hohes Risiko"),
)
# Name, kind of creditor, kind of entry that it reports.
COMPANIES = (
    ("Weserbogen Bank eG", "bank", "current-account"),
    ("Kreditwerk Nordheide AG", "bank", "instalment-loan"),
    ("Silbersee Kartendienst GmbH", "bank", "credit-card"),
    ("Funkbrücke Mobil GmbH", "telecoms", "mobile-contract"),
    ("Kaufhafen Versand GmbH & Co. KG", "mail-order", "mail-order-account"),
    ("Stadtlicht Energie GmbH", "utility", "collection"),
    ("Mahnhaus Inkasso GmbH", "collector", "collection"),
)
