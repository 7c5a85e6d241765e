"""The language of a column: many languages, few words, several languages, and what is none."""

import pytest

from core import languages
from core.words import speaking

SAID = {
    "en": ["The room was clean.", "Breakfast could have been better", "we would come again"],
    "de": ["Das Zimmer war sauber.", "Das Frühstück könnte besser sein", "wir kommen gerne wieder"],
    "fr": ["La chambre était propre.", "Le petit déjeuner pourrait être meilleur", "nous reviendrons"],
    "es": ["La habitación estaba limpia.", "El desayuno podría ser mejor", "volveremos sin duda"],
    "pt": ["O quarto estava limpo.", "O café da manhã poderia ser melhor", "voltaremos com certeza"],
    "it": ["La camera era pulita.", "La colazione potrebbe essere migliore", "torneremo sicuramente"],
    "nl": ["De kamer was schoon.", "Het ontbijt kan beter", "we komen zeker terug"],
    "ru": ["Номер был чистым.", "Завтрак мог быть лучше", "мы приедем ещё"],
    "ar": ["كانت الغرفة نظيفة", "كان يمكن أن يكون الفطور أفضل", "سنعود مرة أخرى"],
    "he": ["החדר היה נקי", "ארוחת הבוקר יכולה להיות טובה יותר", "נחזור שוב"],
    "hi": ["कमरा साफ था", "नाश्ता बेहतर हो सकता था", "हम फिर आएंगे"],
    "th": ["ห้องสะอาด", "อาหารเช้าน่าจะดีกว่านี้", "จะกลับมาอีก"],
    "zh": ["房间很干净", "早餐可以更好", "我们还会再来"],
    "ja": ["部屋はきれいでした", "朝食はもっと良くできるはず", "また来ます"],
    "ko": ["방이 깨끗했어요", "아침 식사가 더 좋을 수 있었어요", "다시 올게요"],
}


@pytest.mark.parametrize("code", SAID)
def test_three_short_texts_tell_the_language(code: str):
    found = languages.guess(SAID[code])
    assert found.code == code
    assert found.share >= 0.8
    assert next(iter(found.shares)) == code


def test_single_words_tell_the_language_together():
    assert (
        languages.guess(["good", "bad", "great", "ok", "so so", "nice", "never again", "love it"]).code
        == "en"
    )
    assert (
        languages.guess(["gut", "schlecht", "super", "ok", "naja", "nett", "nie wieder", "toll"]).code == "de"
    )


def test_two_languages_are_mixed_with_the_share_of_each():
    found = languages.guess(SAID["en"] * 5 + SAID["de"] * 5)
    assert found.code == "mixed"
    assert found.share == pytest.approx(0.5, abs=0.03)
    assert found.shares == pytest.approx({"en": 0.5, "de": 0.5}, abs=0.03)
    assert found.name == "Several languages"


def test_an_exception_leaves_the_language_as_it_is():
    found = languages.guess(SAID["en"] * 6 + SAID["fr"][:1])
    assert found.code == "en"
    assert found.shares["fr"] == pytest.approx(1 / 19, abs=0.03)


@pytest.mark.parametrize(
    "texts",
    [[], [""], ["12", "3.5"], ["ok"], ["AB-1234", "XK-99"], ["<br><div class='the room was clean'>"], ["!!!", "\0"]],
)  # fmt: skip
def test_what_is_no_language_is_none(texts: list[str]):
    found = languages.guess(texts)
    assert (found.code, found.share, found.name) == ("", 0.0, "")


def test_addresses_and_tags_do_not_speak_english():
    wrapped = [f"<p class='the'>{text}</p> https://example.com/the-and-of a.b@the.com" for text in SAID["it"]]
    assert languages.guess(wrapped).code == "it"


def test_rows_without_language_do_not_count():
    found = languages.guess(SAID["nl"] * 3 + ["AB-1234", "qwrt xzvb kkjh", "", "0x3F2A9B", "ok"] * 4)
    assert found.code == "nl"
    assert found.share >= 0.8


def test_hostile_texts_do_no_harm():
    hostile = ["\ud800", "a" * 1_000_000, "\0" * 1_000, "\u202e" * 9, "\U0001f600" * 400, "e\u0301" * 400]
    assert languages.guess(hostile + SAID["es"] * 9).code == "es"


def test_many_rows_take_no_longer_than_some_and_give_the_same():
    assert languages.guess(SAID["pt"] * 100_000).code == "pt"


def test_a_language_is_named_in_the_language_spoken():
    assert languages.guess(SAID["de"]).name == "German"
    with speaking("zh_CN"):
        assert languages.guess(SAID["de"]).name == "德语"
