"""The Chinese catalogue says all that the code marks, and says it whole."""

import os
import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from django.core.management import call_command

from commitments.management.commands import compile_messages, make_messages

CATALOGUE = make_messages.LOCALE / "zh_Hans" / "LC_MESSAGES" / "django.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%")
MARKUP = re.compile(r"<[^>]+>")
PO = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Language: zh_Hans\\n"

msgid "Policy Commitment Tracker"
msgstr "政策承诺跟踪"

msgid "No longer in the code"
msgstr "已不在代码中"
"""


def messages() -> list[Message]:
    with CATALOGUE.open("rb") as file:
        return [message for message in read_po(file, abort_invalid=True) if message.id]


def texts(given: str | Iterable[str] | None) -> list[str]:
    return [given] if isinstance(given, str) else list(given or [""])


def test_the_catalogue_is_what_the_code_marks() -> None:
    written = CATALOGUE.read_bytes()
    assert make_messages.update_catalogue(written).decode() == written.decode(), "run: make messages"


def test_nothing_is_untranslated_or_guessed() -> None:
    assert [m.id for m in messages() if m.fuzzy or not all(texts(m.string))] == []


def test_translations_have_the_placeholders_of_their_source() -> None:
    wrong = [
        (source, translated)
        for message in messages()
        for source in texts(message.id)[-1:]
        for translated in texts(message.string)
        if sorted(PLACEHOLDER.findall(source)) != sorted(PLACEHOLDER.findall(translated))
    ]
    assert wrong == []


def bare(text: str) -> str:
    return MARKUP.sub("", PLACEHOLDER.sub("", text))


def test_translations_are_chinese() -> None:
    """Find texts that were copied into the catalogue in English."""
    # A text without words of its own is the same in both languages.
    with_words = [m for m in messages() if re.search("[a-z]", bare("".join(texts(m.id))), re.IGNORECASE)]
    assert [m.id for m in with_words if not re.search(r"[一-鿿、]", "".join(texts(m.string)))] == []


@pytest.fixture
def po(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "zh_Hans" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(PO, encoding="utf-8")
    monkeypatch.setattr(compile_messages, "LOCALE", tmp_path)
    monkeypatch.setattr(make_messages, "LOCALE", tmp_path)
    return path


def test_collecting_keeps_what_is_translated_and_drops_what_is_gone(po: Path) -> None:
    call_command("make_messages", verbosity=0)
    made = po.read_text(encoding="utf-8")
    assert 'msgid "Policy Commitment Tracker"\nmsgstr "政策承诺跟踪"' in made
    assert 'msgctxt "status"\nmsgid "Off track"\nmsgstr ""' in made
    assert "No longer in the code" not in made


def test_collecting_twice_changes_nothing(po: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("make_messages")
    call_command("make_messages")
    assert capsys.readouterr().out.splitlines() == ["zh_Hans/LC_MESSAGES/django.po"]


def test_compiling_is_done_once_and_again_after_a_change(
    po: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("compile_messages")
    call_command("compile_messages")
    assert capsys.readouterr().out.splitlines() == ["zh_Hans/LC_MESSAGES/django.mo"]
    later = po.stat().st_mtime_ns + 10**10
    os.utime(po, ns=(later, later))
    call_command("compile_messages")
    assert capsys.readouterr().out.splitlines() == ["zh_Hans/LC_MESSAGES/django.mo"]


def test_compiling_leaves_nothing_but_the_compiled_file(po: Path) -> None:
    call_command("compile_messages", verbosity=0)
    assert sorted(path.name for path in po.parent.iterdir()) == ["django.mo", "django.po"]
    assert "政策承诺跟踪".encode() in po.with_suffix(".mo").read_bytes()
