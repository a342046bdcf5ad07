import pytest

from commitments.presenters.words import find_first_sentence


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("已完成选址。正在征地。", "已完成选址。"),
        ("已完成选址！正在征地", "已完成选址！"),
        ("已完成选址\n正在征地", "已完成选址"),
        ("  已完成选址  ", "已完成选址"),
        ("Site chosen. Land is bought.", "Site chosen."),
        ("About 1.5 km done", "About 1.5 km done"),
        ("", ""),
        ("雨" * 80, "雨" * 80),
        ("雨" * 81, "雨" * 79 + "…"),
    ],
)
def test_the_first_sentence_is_cut_where_it_ends_or_is_too_long(text: str, first: str) -> None:
    assert find_first_sentence(text) == first
