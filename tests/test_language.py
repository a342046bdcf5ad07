from pathlib import Path

import pytest

from . import language

LONG = "A " + "word " * 24 + "ends."


def test_no_text_opens_with_a_riddle_or_runs_too_long() -> None:
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
    assert list(language.prose(markdown)) == [
        (1, "Where"),
        (3, "A text\ngoes on."),
        (5, "an item"),
        (7, "a"),
        (7, "cell"),
    ]


def test_a_text_below_code_keeps_its_line() -> None:
    assert list(language.prose("```\ncode\n```\n\nA text.")) == [(5, "A text.")]


def test_a_long_sentence_is_named_with_its_file_and_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(language, "ROOT", tmp_path)
    (tmp_path / "README.md").write_text("# Title\n\nShort.\n" + LONG.replace(" ", "\n", 1))
    assert language.faults() == [f"README.md:4: 26 words: {LONG}"]


def test_a_long_sentence_of_a_docstring_is_named_with_its_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(language, "ROOT", tmp_path)
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests/rules.py").write_text(f'"""Short.\n\n{LONG}\n\n    {LONG}\n"""\n')
    assert language.faults() == [f"tests/rules.py:3: 26 words: {LONG}"]


@pytest.mark.parametrize("name", language.UNCOUNTED)
def test_versions_that_are_out_and_written_pages_are_not_counted(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    monkeypatch.setattr(language, "ROOT", tmp_path)
    (tmp_path / "docs").mkdir()
    (tmp_path / name).write_text(LONG)
    assert language.faults() == []


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("It ends on the due date.", 6),
        ("It is open – or not.", 5),
        ("Set `A`, `B and C`, and `D` or `E`.", 2),
        ("See [the design](docs/design of it.md).", 3),
    ],
)
def test_words_are_counted_as_they_are_read(sentence: str, words: int) -> None:
    assert language.count_words(sentence) == words


def test_a_stop_ends_a_sentence_even_before_a_closing_quote() -> None:
    half = "word " * 14 + "end.”"
    assert list(language.long_sentences(f"“{half} {half}")) == []
