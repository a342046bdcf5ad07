"""The methods of judging: a rule set names the one it goes by, and `METHODS` is the only place that asks for it.

A method that was published never changes; another judgement is another method (docs/adr/0022-methods.md).
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from . import method_2
from .flags import Flag, flags, flags_of_2
from .readings import Standing
from .status import (
    Case,
    Line,
    Rule,
    Verdict,
    by_pace,
    if_closed,
    if_dropped,
    if_final,
    if_maintained,
    if_reached,
    if_silent,
    if_staged,
)
from .targets import TargetSpec
from .trajectory import paced, planned


class JudgingMethod(NamedTuple):
    """The plan line of a target, the rules before pace in their order, and the flags that are looked for."""

    line: Line
    rules: tuple[Rule, ...]
    flags: Callable[[TargetSpec, Standing], tuple[Flag, ...]]


METHODS: Mapping[int, JudgingMethod] = {
    1: JudgingMethod(
        planned,
        (if_dropped, if_reached, if_silent, if_closed, if_maintained, if_final, if_staged),
        flags,
    ),
    2: JudgingMethod(
        paced,
        (
            if_dropped,
            method_2.if_standing,
            if_silent,
            method_2.if_ceiling,
            method_2.if_lowered,
            if_closed,
            if_maintained,
            method_2.if_final,
            if_staged,
        ),
        flags_of_2,
    ),
}


def judge(case: Case) -> Verdict:
    """Return the verdict of the first rule of the method that matches."""
    for rule in METHODS[case.rules.method].rules:
        verdict = rule(case)
        if verdict:
            return verdict
    return by_pace(case)
