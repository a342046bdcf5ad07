import pytest

from . import language


def test_no_text_opens_with_a_riddle() -> None:
    assert language.faults() == []


@pytest.mark.parametrize(
    "text",
    [
        "What has ended.",
        "Nobody waits",
        "A rule.\n\nWhoever writes, waits.",
        "It is closed. Where it is open, it stays so.",
        "**Nothing is lost.**",
    ],
)
def test_a_barred_opening_is_found(text: str) -> None:
    assert language.opening(text)


@pytest.mark.parametrize("text", ["Return what has ended.", "Whatsoever", "a list, of three. It ends."])
def test_other_openings_are_free(text: str) -> None:
    assert language.opening(text) == ""


def test_comment_lines_below_each_other_are_read_as_one() -> None:
    source = "a = 1  # beside\n# A row of\n# Whoever & Co.\n\n# Where it ends\n"
    assert list(language.comments(source)) == [(1, "beside A row of Whoever & Co."), (5, "Where it ends")]


def test_headings_items_and_cells_are_texts_of_their_own() -> None:
    markdown = "# Where\n\nA text\ngoes on.\n- an item\n\n| a | cell |\n\n```\nWhat code says\n```\n"
    assert list(language.prose(markdown)) == ["Where", "A text\ngoes on.", "an item", "a", "cell |"]
