"""The language of a text is told by its words, or not at all."""

from pathlib import Path

import pytest

from generator.importer import speech

PAGES = sorted((Path(__file__).parent.parent / "fixtures/raw").glob("*.gold"))
UNKNOWN = {
    "Latin": "Gallia est omnis divisa in partes tres, quarum unam incolunt Belgae, aliam Aquitani, tertiam qui ipsorum "
    "lingua Celtae, nostra Galli appellantur. Hi omnes lingua, institutis, legibus inter se differunt. Gallos ab "
    "Aquitanis Garumna flumen, a Belgis Matrona et Sequana dividit.",
    "Azerbaijani": "Şəhər dənizin sahilində yerləşir və ölkənin ən böyük limanıdır. Burada bir çox məktəb var, hər il "
    "qonaqlar gəlir ki, qədim qalanı və dar küçələri görsün. Bu şəhər də balıqçılarla məşhurdur, onun tarixi çox "
    "qədimdir. Axşamlar limanda işıqlar yanır, qayıqlar qayıdır, uşaqlar sahildə oynayır.",
    "a list of names": "Ada Lund, Mia Lund, Zoë Núñez, Ana Flores, Peter Kay. " * 12,
    "numbers": "1 2 3 4 5 6 7 8 9 10 " * 20,
}


def test_vowels_of_hindi_are_part_of_its_words():
    """Signs that are no letters by themselves do not cut a word."""
    text = "शहर में नदी के किनारे एक नया पुल है और लोग उस पर से बाज़ार को जाते हैं। नगर ने कहा कि यह काम का है। "
    assert speech.language(text * 2) == "hi"


def test_pages_of_many_languages():
    """Of pages whose language is known none is told wrong, and nine of ten are told."""
    found = {page.name: speech.language(page.read_text("utf-8")) for page in PAGES}
    assert [name for name, tag in found.items() if tag not in (None, name.partition("-")[0])] == []
    assert sum(tag is not None for tag in found.values()) > 0.9 * len(PAGES)


@pytest.mark.parametrize("text", UNKNOWN.values(), ids=UNKNOWN)
def test_what_is_not_known_has_no_language(text):
    """A language that is not known, and what is no prose, are not taken for one that is."""
    assert speech.language(text) is None


@pytest.mark.parametrize(
    ("site", "found"), [("en", "de"), ("de", None), ("de-AT", None), ("nb", "de"), ("eo", None), ("zh-Hant", "de")]
)
def test_another_than_the_sites(site, found):
    """It is told where the site's is another, and one from which it can be told."""
    text = "Der Rat hat am Montag über die Brücke beraten, und sie wird für das Jahr nicht mehr auf sein. " * 4
    assert speech.another(text, site) == found
