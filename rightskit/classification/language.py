"""The language of a text, by its most frequent words."""

from __future__ import annotations

import re
from collections import Counter

_WORD = re.compile(r"[^\W\d_]+")
_MOST_WORDS = 600
_LEAST_HITS = 2
_SECOND = 0.4
_FREQUENT = {
    "de": "der die das und ist nicht wir sie ihre ihr ihnen uns zu den mit für von auf ein eine haben bei ich dass"
    " im wird werden bitte zum zur als an sind kein keine daten wurde oder dem des es aus nach auch",
    "en": "the of and to is we you your not in that have for with are this our be has by it on as no please any do"
    " will been from us or an at which there about if can",
    "fr": "le la les de des et est nous vous votre vos pas une un dans que pour sur avec ne au aux du ce cette qui"
    " par sont avons été je notre nos en il données ou plus à",
    "nl": "de het een en van wij u uw niet is op te dat voor met zijn in ons bij hebben geen aan om deze worden"
    " gegevens onze kunnen naar ook er",
    "es": "el los las de y que en un una su sus no por con para es se hemos nosotros usted datos le nos está este"
    " del al lo como más ha",
    "it": "il lo gli di e che in un una non per con è si abbiamo suoi dati la del della sono le ci vi nostro"
    " nostri alla al ha come più",
    "pl": "i w na nie się z do że jest nie dane danych pana pani państwa nas o po przez oraz dla od są lub za"
    " w nam prosimy",
    "pt": "o os as de e que em um uma não por com para é se seus dados nossa nosso do da no na ao temos foi são"
    " mais como",
}
_LANGUAGES_OF: dict[str, list[str]] = {}
for _language, _words in _FREQUENT.items():
    for _word in set(_words.split()):
        _LANGUAGES_OF.setdefault(_word, []).append(_language)


def languages(text: str) -> list[str]:
    """The languages that a text is written in, the main one first; empty where too little is written.

    A second language counts only where it has at least two fifths of the main one's frequent words.
    """
    hits: Counter[str] = Counter()
    for word in _WORD.findall(text.lower())[:_MOST_WORDS]:
        for language in _LANGUAGES_OF.get(word, ()):
            hits[language] += 1
    ranked = hits.most_common()
    if not ranked or ranked[0][1] < _LEAST_HITS:
        return []
    return [language for language, count in ranked if count >= _SECOND * ranked[0][1] or language == ranked[0][0]]
