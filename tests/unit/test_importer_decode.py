"""Raw bytes in every encoding that publishers have, and bytes that are no text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.errors import ContentError
from generator.importer.decode import decode

TURKISH = (
    "9 Mayıs 2023 Salı\n\nBelediye, ışıkları söndürdü\n\nÇavuşoğlu’nun “geciken” açıklaması: İstanbul’da yağış var.\n"
    "Şehrin güneyinde Ğ harfiyle başlayan sokak yok.\n"
)
GERMAN = "9. Mai 2023\n\nStraße gesperrt\n\nDie Bürgermeisterin erklärte: „Größere Umwege sind nötig“ – bis Oktober.\n"
ICELANDIC = "Forsætisráðherra sagði að það væri ekki ljóst. Því miður, sagði hún, þyrfti að bíða.\n"

ENCODED = [
    (TURKISH, "utf-8", "utf-8"),
    (TURKISH, "utf-8-sig", "utf-8-sig"),
    (TURKISH, "utf-16", "utf-16"),
    (TURKISH, "utf-16-le", "utf-16-le"),
    (TURKISH, "utf-16-be", "utf-16-be"),
    ("Two orders have blanks:\u2000one is right.\n", "utf-16-le", "utf-16-le"),
    ("Two orders have blanks:\u2000one is right.\n", "utf-16-be", "utf-16-be"),
    (TURKISH, "utf-32", "utf-32"),
    (TURKISH, "cp1254", "cp1254"),
    (GERMAN, "cp1252", "cp1252"),
    (GERMAN, "cp1254", "cp1252"),
    (ICELANDIC, "cp1252", "cp1252"),
    (ICELANDIC, "latin-1", "cp1252"),
    ("Die Brücke über die Wümme bleibt für drei Wochen gesperrt.\n", "latin-1", "cp1252"),
    ("Le Congrès a été reporté à l’été, où qu’il ait lieu. Ça ira, dit-on à Nîmes.\n", "cp1252", "cp1252"),
    ("El señor Núñez llegó mañana, según informó la agencia española.\n", "latin-1", "cp1252"),
    ("Işıklar söndü\n", "cp1254", "cp1254"),
    ("The minister, Mevlüt Çavuşoğlu, met Mr Erdoğan on Sunday.\n", "cp1254", "cp1254"),
    ("Erdoğan won.\n", "cp1254", "cp1254"),
    ("A book by Þórður Friðjónsson appeared in Reykjavík.\n", "cp1252", "cp1252"),
    ("A talk by Sigurður at nine.\n", "cp1252", "cp1252"),
    ("“No,” she said – twice.\n", "cp1252", "cp1252"),
    ("Café\n", "latin-1", "cp1252"),
    ("Министр заявил в понедельник, что предложение было отклонено. Переговоры продолжатся.\n", "cp1251", "cp1251"),
    ("大臣は月曜日に提案を拒否したと述べた。協議は来週も続く見込みだ。\n", "shift_jis", "cp932"),
    ("大臣は月曜日に提案を拒否したと述べた。協議は来週も続く見込みだ。\n", "utf-16-le", "utf-16-le"),
    ("Ο υπουργός δήλωσε τη Δευτέρα ότι η πρόταση απορρίφθηκε από την κυβέρνηση.\n", "cp1253", "cp1253"),
]


@pytest.mark.parametrize(("text", "encoding", "found"), ENCODED)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_text_survives_its_encoding(text, encoding, found, end):
    """A text is read as it was written, whatever it was saved as, and the encoding is named."""
    text = text.replace("\n", end)
    decoded = decode(text.encode(encoding))
    assert (decoded.text, decoded.encoding) == (text, found)


def test_big_endian_mark():
    """UTF-16 with its mark is read in either byte order."""
    assert decode(b"\xfe\xff" + TURKISH.encode("utf-16-be")).text == TURKISH


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b"Bridge\n\x00\x01\x02\xff\xfe picture", "byte 0x00 at offset 7"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00", "byte 0x00 at offset 8"),
        (b"Bridge closed\xff\n" + "Köprü kapalı, Çavuşoğlu söyledi".encode(), "byte 0xFF at offset 13"),
        ("Köprü".encode("utf-8-sig") + b"\xff", "byte 0xFF at offset 10"),
        ("Köprü".encode("utf-16") + b"\x00", "offset 12"),
        (b"Stra\x81e und Br\xfccke\n", "byte 0x81 at offset 4"),
    ],
)
def test_what_is_no_text_is_refused(data, cause):
    """Bytes that are no text are an error that names the offset and a way out."""
    with pytest.raises(ContentError) as raised:
        decode(data)
    (problem,) = raised.value.problems
    assert cause in problem.cause
    assert problem.fix
    assert problem.line


@settings(deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=200))
def test_every_utf8_text_is_read(text):
    """Any text without NUL that is saved as UTF-8 is read back exactly (but for a mark at its beginning)."""
    assert decode(text.encode()).text == text.removeprefix("\ufeff")


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_an_error(data):
    """No bytes at all make the decoder fail in another way than with its error, which names an offset."""
    try:
        decode(data)
    except ContentError as error:
        assert "offset" in error.problems[0].cause


@settings(deadline=None)
@given(st.lists(st.sampled_from(TURKISH.split()), unique=True))
def test_a_part_of_a_turkish_text_is_still_turkish(words):
    """Whatever words of a Turkish text are saved as Windows-1254, no word comes back garbled."""
    text = " ".join(("Belediye meclisi:", *words))
    assert decode(text.encode("cp1254")).text == text


def test_a_broken_byte_in_utf8_is_marked():
    """A few broken bytes of UTF-8 are marked, and told with the line of the first; many, or a picture, are refused."""
    text = "Die Brücke über die Wümme\nbleibt für drei Wochen gesperrt.\n"
    decoded = decode(text.encode().replace(b"drei", b"dr\xffei"), mend=True)
    assert (decoded.text, decoded.encoding) == (text.replace("drei", "dr\ufffdei"), "utf-8")
    assert [(problem.line, problem.severity.value) for problem in decoded.problems] == [(2, "warning")]
    for data in (("Köprü " * 3).encode() + b"\xff\xfe\xff", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00"):
        with pytest.raises(ContentError):
            decode(data, mend=True)
