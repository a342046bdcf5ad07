from hypothesis import given
from hypothesis import strategies as st

from commitments.sheets.files.protection import RISKY, escaped, protected, unescaped, unprotected

TEXTS = st.text(st.sampled_from("=+-@\t\r\n'|%＝＋－＠ab1_x0D") | st.characters(exclude_categories=["Cs"]))


@given(TEXTS)
def test_protected_text_comes_back_unchanged(text: str) -> None:
    assert unprotected(protected(text)) == text


@given(TEXTS)
def test_nothing_that_is_protected_would_be_run(text: str) -> None:
    assert not protected(text).startswith(RISKY)


@given(TEXTS)
def test_what_xml_cannot_hold_comes_back_unchanged(text: str) -> None:
    assert unescaped(escaped(text)) == text


@given(TEXTS)
def test_escaped_text_holds_nothing_that_xml_cannot(text: str) -> None:
    assert all(letter >= " " or letter in "\t\n" for letter in escaped(text))


def test_an_apostrophe_that_somebody_wrote_stays() -> None:
    assert unprotected("'90年代") == "'90年代"


def test_half_a_character_is_none() -> None:
    assert unescaped("_xD800_") == "_xD800_"
