"""The language of a text, by its script and its commonest words; none where it is not sure."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

_WORDS = {
    "ar": "في من على أن إلى التي عن مع الذي هذا هذه ما كان لا بعد بين قال ذلك أو لم كانت ولا وقال إن ثم حتى كل قد منذ",
    "bg": "и на да в се от за е с не че са по като до ще при към който беше",
    "ca": "de la i el que a en les els per un una del amb és al dels no va més són ha aquest",
    "cs": "a v se na je že s z o do i to ve pro jsou by za jako ale k po při které bylo však",
    "da": "og i at det en den til er som på de med af for ikke der var et har blev efter sig også fra kan mod",
    "de": "der die und das den von zu mit sich des auf für ist im dem nicht ein eine als auch es an aus er hat war",
    "en": "the of and to in is that was for on with as it his by from at which were are this had not be have has he",
    "es": "de la que el en y los del se las por un para con no una su al lo como más pero sus ha fue es",
    "et": "ja on ei et see oli ta aga kui ning ka mis kes oma ole nii selle üle siis pärast",
    "fa": "و در به از که این را با است برای آن می شد خود های",
    "fi": "ja on ei että se oli hän mutta ovat myös kun joka tai kuin ole niin sekä jo sen mukaan",
    "fr": "de la le les et des en du une que est dans qui pour au par sur pas plus avec ce il sont ne se un aux",
    "hi": "के में की है और से का को पर ने यह कि हैं नहीं था",
    "hr": "i u je na se da za su od s koji ne kao to iz što bi ili nije",
    "hu": "a az és hogy nem is egy ez meg volt csak de már még mint el vagy után",
    "id": "yang dan di untuk dengan ini dari pada tidak dalam itu akan ke juga adalah oleh para",
    "it": "di e il la che in a per è un del non sono con da una le si nel alla i dei della come più ha gli",
    "nl": "de van het een en in is dat op te zijn met voor niet die aan er om ook als bij maar door was naar",
    "no": "og i det på som er en til å av for med at de ikke har den et var ble etter seg også fra kan mot",
    "pl": "w i na z nie się do że jest to o jak po przez od dla za są ale który był tym jego",
    "pt": "de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao das à são",
    "ro": "și de la în a cu pe nu un o că din care este pentru mai sau au fost prin după lui",
    "ru": "и в не на что с по как это из к за от для его но у он был о при которые так то а было они она их же до",
    "sk": "a v sa na je že s z o do i to vo pre sú by za ako ale k po pri ktoré bolo však",
    "sv": "och att det som en på är av för med den till inte ett om har de i från men var efter sig också kan mot",
    "tr": "ve bir bu da de için ile olarak olan daha gibi çok kadar sonra ne ise değil her en ki mi diye dedi var yok",
    "uk": "і в не на що з та до як це за від для його але у він був є про при які й",
    "ur": "کے میں کی ہے اور سے کا کو نے پر یہ ہیں کہ",
    "vi": "và của là có không được trong cho một với các đã người những này khi về",
}
_SCRIPTS = (
    ("ko", re.compile("[\uac00-\ud7a3]"), 0.5),
    ("ja", re.compile("[\u3041-\u30fa]"), 0.15),
    ("zh", re.compile("[\u4e00-\u9fff]"), 0.8),
    ("el", re.compile("[\u0370-\u03ff\u1f00-\u1fff]"), 0.8),
    ("he", re.compile("[\u05d0-\u05ea]"), 0.8),
    ("tr", re.compile("[ığ]"), 0.025),
)
"""Languages that have letters for themselves, and the share of a text's letters from which it is theirs."""

_FEWEST = 40
"""Words, or letters of such a script, below which nothing is sure."""

_SURE = ((0.1, 2.0), (0.05, 4.0))
"""The share of all words that are common in the language, and how far it must then be before the next."""

_DIFFERENT = 5
"""Common words of it that a text has at least: one of them may be a name."""

_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u0900-\u0963])*")
_ADDRESS = re.compile(r"\]\([^()\s]*\)|https?://\S+|<[^<>]*>")
_MOST = 20_000


@cache
def _weights() -> dict[str, tuple[tuple[str, ...], float]]:
    """For each common word its languages, and how much it says: the fewer they are, the more."""
    languages: dict[str, list[str]] = {}
    for language, words in _WORDS.items():
        for word in dict.fromkeys(words.split()):
            languages.setdefault(word, []).append(language)
    return {word: (tuple(found), 1 / len(found)) for word, found in languages.items()}


def another(text: str, tag: str) -> str | None:
    """The language of a text where it is surely another than that of a tag; none where that one is not known here."""
    main = tag.partition("-")[0].lower()
    main = "no" if main in ("nb", "nn") else main
    known = main in _WORDS or main in {name for name, _, _ in _SCRIPTS}
    found = language(text) if known else None
    return found if found != main else None


def language(text: str) -> str | None:
    """The language of a text in Markdown, as a tag; None where it is not sure."""
    words = _WORD.findall(_ADDRESS.sub(" ", text[:_MOST]).casefold())
    letters = "".join(words)
    for tag, script, share in _SCRIPTS:
        if len(letters) >= _FEWEST and len(script.findall(letters)) >= share * len(letters):
            return tag if "ə" not in letters else None  # Azerbaijani, in letters of Turkish but for this one
    return _by_words(words) if len(words) >= _FEWEST else None


def _by_words(words: list[str]) -> str | None:
    weights = _weights()
    common, points = Counter[str](), dict.fromkeys(_WORDS, 0.0)
    for word in words:
        languages, weight = weights.get(word, ((), 0.0))
        for tag in languages:
            common[tag] += 1
            points[tag] += weight
    best, following = sorted(points, key=lambda tag: -points[tag])[:2]
    far = any(common[best] >= share * len(words) and points[best] >= lead * points[following] for share, lead in _SURE)
    return best if far and len(set(words).intersection(_WORDS[best].split())) >= _DIFFERENT else None
