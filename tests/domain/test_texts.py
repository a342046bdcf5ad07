import pytest

from commitments.domain.texts import clean, find_barred, straighten


@pytest.mark.parametrize(
    ("character", "name", "turns"),
    [
        ("\0", "U+0000", False),
        ("\ud800", "U+D800", False),
        ("\udfff", "U+DFFF", False),
        ("\u061c", "U+061C", True),
        ("\u200e", "U+200E", True),
        ("\u200f", "U+200F", True),
        ("\u202a", "U+202A", True),
        ("\u202e", "U+202E", True),
        ("\u2066", "U+2066", True),
        ("\u2069", "U+2069", True),
    ],
)
def test_what_cannot_be_stored_and_what_turns_a_text_is_barred(
    character: str, name: str, turns: bool
) -> None:
    assert find_barred(f"渭滨区{character}住建局") == (name, turns, "渭滨区")


@pytest.mark.parametrize(
    "text", ["", "渭滨区\t\r\n", "\x0b\x7f", "👨\u200d👩", "a\u200bb\ufeff", "\ufffd", "\u2065\u206a"]
)
def test_anything_else_is_not(text: str) -> None:
    assert find_barred(text) is None


def test_only_the_end_of_what_stands_before_is_quoted() -> None:
    found = find_barred("一二三四五六七八九十百千万\u202e亿\0")
    assert found is not None
    assert found.before == "二三四五六七八九十百千万"


def test_texts_are_cleaned_and_straightened() -> None:
    assert (clean("a\0\u202eb\ud800"), straighten("a\0\u202eb")) == ("ab", "a\0b")
