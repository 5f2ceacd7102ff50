"""Which attachments can hold a person's data, by name and type."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rightskit.mailbox.model import Attachment, Reply

_MACHINE_READABLE = re.compile(r"\.(?:csv|json|jsonl|xml|xlsx?|ods|zip|7z|tar|gz|tgz|sqlite|mbox|html?)$")
_DOCUMENT = re.compile(r"\.(?:pdf|docx?|odt|rtf|txt|tiff?)$")
_ABOUT_DATA = re.compile(
    r"auskunft|selbstauskunft|datenkopie|datenueber|datenüber|daten(?!schutz)|auszug|export"
    r"|art\.?[ _-]?15|gdpr|dsgvo|dsar|\bsar\b"
    r"|data(?!schutz|_?protection)|records?|report|donn[eé]es|extrait|dossier|fiche|rgpd|stammblatt|score|bonit"
)
_NOT_DATA = re.compile(
    r"formul|vordruck|form\b|vollmacht|mandat|procuration|datenschutz(?!auskunft)|privacy|policy"
    r"|politique|hinweis|information[_ -]?sheet|agb|terms|mentions"
    r"|merkblatt|notice|logo|signatur|image\d|icon|flyer|broschuere|newsletter|identit|ausweis"
    r"|ablehn|refus|eingangs|smime|vcard|rechnung|invoice|facture"
)
_NEVER = re.compile(r"\.(?:png|gif|jpe?g|bmp|svg|webp|p7[sm]|asc|sig|vcf|ics|eml|dat)$")


def data_files(reply: Reply) -> tuple[str, ...]:
    """Names of attachments that are data by their form, or are named like data."""
    return tuple(a.name for a in reply.attachments if _is_data(a))


def documents(reply: Reply) -> tuple[str, ...]:
    """Names of attachments that may hold data if the words say so: letters, PDFs; data files too."""
    return tuple(a.name for a in reply.attachments if _may_be_data(a))


def _is_data(attachment: Attachment) -> bool:
    name = attachment.name.lower()
    if not _may_be_data(attachment):
        return False
    return bool(_MACHINE_READABLE.search(name) or _ABOUT_DATA.search(name))


def _may_be_data(attachment: Attachment) -> bool:
    name = attachment.name.lower()
    if _NEVER.search(name) or _NOT_DATA.search(name):
        return False
    known = bool(_MACHINE_READABLE.search(name) or _DOCUMENT.search(name))
    return known or attachment.media_type in {"application/pdf", "application/zip", "application/json", "text/csv"}
