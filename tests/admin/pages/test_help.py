"""The manual is one link away on every staff page, in the reader's language."""

import re
from pathlib import Path

import pytest

from commitments.admin.pages import help_page
from commitments.domain.enums import Role
from tests.admin.conftest import SignIn

pytestmark = pytest.mark.django_db
PICTURE = re.compile(
    r'<img src="(/admin/help/[^"]+)" alt="[^"]+" width="(\d+)" height="(\d+)" loading="lazy"'
)
TEXT = """# Title

## First part

See [this](design.md) and [that](#first-part). <b>x</b>

| a | b |
|---|---|
| 1 | 2 |
"""


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    english, chinese = tmp_path / "staff.md", tmp_path / "staff.zh.md"
    english.write_text(TEXT, encoding="utf-8")
    monkeypatch.setattr(help_page, "ENGLISH", english)
    monkeypatch.setattr(help_page, "CHINESE", chinese)
    return english, chinese


@pytest.mark.parametrize("path", ["", "commitments/commitment/", "sessions/", "log/", "password_change/"])
def test_every_page_leads_to_it(path: str, sign_in: SignIn) -> None:
    assert '<a href="/admin/help/">Help</a>' in sign_in(Role.CLERK).get(f"/admin/{path}").content.decode()


def test_the_real_manual_opens_with_a_list_of_its_parts(sign_in: SignIn) -> None:
    page = sign_in(Role.CLERK).get("/admin/help/").content.decode()
    assert '<a href="#sign-in">Sign in</a>' in page
    assert '<h2 id="sign-in">' in page


@pytest.mark.usefixtures("files")
def test_tables_are_tables_and_links_stay_on_the_page(sign_in: SignIn) -> None:
    page = sign_in(Role.CLERK).get("/admin/help/").content.decode()
    assert "<td>1</td>" in page
    assert '<span>this</span> and <a href="#first-part">that</a>' in page
    assert "&lt;b&gt;x&lt;/b&gt;" in page
    assert page.count("<h1") == 1


def test_a_chinese_reader_gets_the_chinese_one(files: tuple[Path, Path], sign_in: SignIn) -> None:
    files[1].write_text("## 填报\n\n内容", encoding="utf-8")
    page = sign_in(Role.CLERK, language="zh-hans").get("/admin/help/").content.decode()
    assert '<a href="#填报">填报</a>' in page
    assert "暂无中文版" not in page


@pytest.mark.usefixtures("files")
def test_without_a_chinese_one_the_english_is_announced(sign_in: SignIn) -> None:
    page = sign_in(Role.CLERK, language="zh-hans").get("/admin/help/").content.decode()
    assert "暂无中文版" in page
    assert '<div class="manual-text" lang="en">' in page


def test_a_server_without_the_manual_says_so(files: tuple[Path, Path], sign_in: SignIn) -> None:
    files[0].unlink()
    assert sign_in(Role.CLERK).get("/admin/help/").status_code == 404


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_link_to_the_other_edition_is_that_of_the_page(language: str, sign_in: SignIn) -> None:
    page = sign_in(Role.CLERK, language=language).get("/admin/help/").content.decode()
    text = page.partition('class="manual-text"')[2]
    assert not re.match(r"[^>]*>\s*<p><(a|span)", text)


def test_each_picture_comes_with_its_size(sign_in: SignIn) -> None:
    client = sign_in(Role.CLERK)
    shown = PICTURE.findall(client.get("/admin/help/").content.decode())
    assert len(shown) == help_page.ENGLISH.read_text(encoding="utf-8").count("![")
    for address, width, height in shown:
        picture = client.get(address)
        assert picture["Content-Type"] == "image/png"
        assert b"".join(picture)[16:24] == int(width).to_bytes(4) + int(height).to_bytes(4)


def test_a_picture_that_is_missing_is_left_out(files: tuple[Path, Path], sign_in: SignIn) -> None:
    files[0].write_text("## Part\n\nWords ![of it](screenshots/none.png)", encoding="utf-8")
    page = sign_in(Role.CLERK).get("/admin/help/").content.decode()
    assert "<img" not in page.partition('class="manual-text"')[2]
    assert sign_in(Role.CLERK).get("/admin/help/none.png").status_code == 404
