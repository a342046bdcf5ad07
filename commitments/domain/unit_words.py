"""Words beside a heading, in brackets or behind a stroke: those that may be a unit, and those that are none."""

import re
import unicodedata
from functools import cache

# Words of letters, perhaps squared: 标准箱, sq ft, kWh/m2. Digits are dates, periods and numbers of notes.
SHAPE = re.compile(r"[^\W\d_]+(?:[\s./·-]{1,2}[^\W\d_]+)*[23]?|‰|°c")
MOST_WORDS = 3
LONGEST_CHINESE = 6
CHINESE = re.compile(r"[\u4e00-\u9fff]")
# Single letters name columns and notes, but for these: grams, hours, litres, watts.
LETTERS = "ghlw"
NUMERALS = re.compile(r"[ivx]+|[一二三四五六七八九十]+")
# Signs of words about the figure: 必填, 截至目前, 含续建, 当年价, 全区, 上半年, 民政局.
SIGNS = re.compile(
    "填|截|累|计|至|止|含|其中|注|说明|口径|价|数|值|全|区|市|县|乡|镇|街道|级|新|实际|完成|建|初|快报|预|报|审|核|期"
    "|年|月|季|旬|周|本|当日|时点|目前|上|下|内|外|以|左右|约|按|如|若|不|无|未|已|自动|公式|率|比|增|降|总|主要|表|栏"
    "|见|参|来源|依据|单位|局|委|办|中心|部门|公司|集团|政府|学校|医院|银行|标准$|情况|进展|必|选|可|请|仅|只|男|女|城|农村|常住|户籍"
)
SAID_IN_ENGLISH = """
a about accumulated actual actuals all and annual any approved apr april as asset assets at aug august auto
automatic baseline blank budget by calculated change column comment comments completed computed confirmed count
cumulative current daily date dec december do done draft each end enter est estimate estimated excl excluding
expected feb february female figure figures fill final for forecast formula from gross if in incl including increase
interim jan january jul july jun june latest locked male mandatory mar march may men month monthly nb nearest net
new no not note notes nov november number numbers oct october of official only optional or other our out outturn
period plan planned please preliminary progress projected provisional published quarter quarterly rag remark remarks
reported required result results review revised round rounded row rows running rural see sep sept september since so
status sum target tbc text the this to total totals type unaudited until update updated urban value values verified
week weekly whole with women year yearly ytd
"""
WORDS = frozenset(SAID_IN_ENGLISH.split())


@cache
def may_be_unit(text: str) -> bool:
    """Tell whether words in brackets may be a unit; words about the figure, such as 必填 or cumulative, are none."""
    narrow = unicodedata.normalize("NFKC", text).strip()
    plain = narrow.casefold()
    if not SHAPE.fullmatch(plain) or NUMERALS.fullmatch(plain) or SIGNS.search(plain):
        return False
    if CHINESE.search(plain):
        return len(plain) <= LONGEST_CHINESE
    words = re.findall(r"[^\W\d_]+", plain)
    is_letter = len(narrow) == 1 and narrow.isalpha() and narrow not in LETTERS
    return not is_letter and len(words) <= MOST_WORDS and WORDS.isdisjoint(words)


def is_same(text: str, unit: str) -> bool:
    """Tell whether two texts are the same unit, whatever their width, case, blanks and plural."""
    return _plain(text) == _plain(unit)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold().removesuffix("s")
