"""Units with their scales, and the exact way from one to another."""

import re
import unicodedata
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import NamedTuple

# Longest words first: 百万元 is a million yuan.
SCALES = {
    "万亿": 10**12,
    "千万": 10**7,
    "百万": 10**6,
    "十万": 10**5,
    "亿": 10**8,
    "万": 10**4,
    "千": 10**3,
    "百": 100,
    "billion": 10**9,
    "bn": 10**9,
    "mn": 10**6,
    "million": 10**6,
    "thousand": 1000,
    "hundred": 100,
}
# Scales beside a currency, or alone in a heading; m alone is metres, or a million of money.
SHORT = {"k": 1000, "m": 10**6, "000": 1000, "'000": 1000, "’000": 1000}
# Names and signs of currencies, the longest of each first.
CURRENCIES = {
    "人民币元": "元", "人民币": "元", "rmb": "元", "cny": "元", "yuan": "元", "¥": "元",
    "us$": "美元", "usd": "美元", "hk$": "港元", "hkd": "港元", "港币": "港元",
    "euro": "欧元", "eur": "欧元", "€": "欧元", "gbp": "英镑", "£": "英镑", "$": "$",
}  # fmt: skip
# Units that are a multiple of another one, or its other name.
MULTIPLES = {
    **{sign: (1, currency) for sign, currency in CURRENCIES.items()},
    **{scale: (multiple, "") for scale, multiple in SHORT.items() if scale != "m"},
    "百分比": (1, "%"),
    "百分数": (1, "%"),
    "percent": (1, "%"),
    "percentage": (1, "%"),
    "pct": (1, "%"),
    "个百分点": (1, "百分点"),
    "百分点": (1, "百分点"),
    "公里": (1000, "米"),
    "千米": (1000, "米"),
    # In a heading of money, m is a million: `factor_of_heading`.
    "m": (1, "米"),
    "km": (1000, "米"),
    "公斤": (1000, "克"),
    "千克": (1000, "克"),
    "kg": (1000, "克"),
    "吨": (1_000_000, "克"),
    "公顷": (15, "亩"),
    "平方公里": (1500, "亩"),
    "平米": (1, "平方米"),
    "m2": (1, "平方米"),
    "sqm": (1, "平方米"),
    "km2": (1500, "亩"),
    "ha": (15, "亩"),
    "t": (1_000_000, "克"),
    "m3": (1, "立方米"),
    "度": (1000, "瓦时"),
    "kwh": (1000, "瓦时"),
    "名": (1, "人"),
    "person": (1, "人"),
    "people": (1, "人"),
    "household": (1, "户"),
    "mu": (1, "亩"),
    "hectare": (15, "亩"),
    "metre": (1, "米"),
    "meter": (1, "米"),
    "kilometre": (1000, "米"),
    "kilometer": (1000, "米"),
    "squaremetre": (1, "平方米"),
    "squaremeter": (1, "平方米"),
    "tonne": (1_000_000, "克"),
    "ton": (1_000_000, "克"),
}
COUNTED = frozenset(
    (
        *"元人户家个项件条处座栋幢所场次亩米克升瓦张份台辆套间床只头羽株棵天篇期村校班对宗起批支队艘盏部本册岁年月",
        "人次", "户次", "场次", "平方米", "立方米", "瓦时", "%", "百分点", "小时", *CURRENCIES.values(),
    )
)  # fmt: skip
LONGEST = 8
# A scale in English is a word of its own, whatever it counts.
IN_ENGLISH = re.compile(r"\s*(?:hundred|thousand|million|billion)s?\b", re.IGNORECASE)
NUMBER_AND_UNIT = re.compile(r"([+-]?[0-9][0-9,]*(?:\.[0-9]+)?)\s*([^\s0-9.,+-].*)")


class Measure(NamedTuple):
    """A unit as a multiple of its base; a scale alone has an empty base, which goes with any."""

    multiple: int
    base: str


@cache
def measure_of(unit: str) -> Measure:
    """Split a unit into its multiple and base: 万元 is 10,000 元."""
    plain = _plain(unit)
    for name in (plain, plain.removesuffix("s")):
        if name in MULTIPLES:
            return Measure(*MULTIPLES[name])
    return _scaled(plain) or _short(unit) or _of_money(plain) or Measure(1, plain)


def _scaled(plain: str) -> Measure | None:
    """Split a unit that begins with a scale."""
    for word, scale in SCALES.items():
        if plain.startswith(word):
            # “In thousands” is a scale alone.
            rest = plain.removeprefix(word)
            inner = measure_of("" if rest == "s" else rest)
            return Measure(scale * inner.multiple, inner.base)
    return None


def _short(unit: str) -> Measure | None:
    """Split a unit with a short scale as a word of its own before it: `m yuan`, `k people`."""
    scale, _blank, rest = unicodedata.normalize("NFKC", unit).strip().casefold().partition(" ")
    if scale not in SHORT or not rest.strip():
        return None
    inner = measure_of(rest)
    return Measure(SHORT[scale] * inner.multiple, inner.base)


def _of_money(plain: str) -> Measure | None:
    """Split an amount of money with its currency before or behind a scale: `£m`, `RMB million`, `kCNY`."""
    for name, currency in CURRENCIES.items():
        if plain.removesuffix(name) in SHORT and plain.endswith(name):
            return Measure(SHORT[plain.removesuffix(name)], currency)
        if plain.startswith(name):
            rest = plain.removeprefix(name).removesuffix("s")
            inner = Measure(SHORT[rest], "") if rest in SHORT else measure_of(rest)
            if inner.base in ("", currency):
                return Measure(inner.multiple, currency)
    return None


@cache
def is_unit(text: str) -> bool:
    """Tell whether the text is a unit, or a scale, as offices write it."""
    found = measure_of(text)
    scaled = found.multiple > 1 and (len(_plain(text)) <= LONGEST or bool(IN_ENGLISH.match(text)))
    is_plain = not any(sign.isdigit() for sign in text) or _plain(text).removesuffix("s") in SHORT
    return found.base in COUNTED or (scaled and is_plain)


@cache
def factor(unit: str, into: str) -> Decimal | None:
    """Return the number by which a value in one unit becomes one in another; None where none is exact."""
    one, other = measure_of(unit), measure_of(into)
    if one.base != other.base and (one.base or other.base in ("%", "百分点")):
        return None
    ratio = Fraction(one.multiple, other.multiple)
    decimal = Decimal(ratio.numerator) / Decimal(ratio.denominator)
    return decimal if Fraction(decimal) == ratio else None


def factor_of_heading(unit: str, into: str) -> Decimal | None:
    """Return the factor of a unit in a heading, where m is metres, or a million of money."""
    is_million = _plain(unit) == "m" and measure_of(into).base in CURRENCIES.values()
    return factor("million" if is_million else unit, into)


def converted(text: str, into: str) -> Decimal | None:
    """Return a number with a unit of its own as a value in another one; None where that is not possible."""
    found = NUMBER_AND_UNIT.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None or not measure_of(found[2]).base:
        return None
    by = factor(found[2], into)
    return None if by is None else Decimal(found[1].replace(",", "")) * by


def _plain(unit: str) -> str:
    return "".join(unicodedata.normalize("NFKC", unit).split()).casefold()
