from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import override

from ... import clock
from ...formats import day, minute
from ...models import Commitment, Plan, ProgressEntry, Target
from ...rollups import read
from ...states import CommitmentState, TargetState
from .. import arguments, explanation


class AskedState(NamedTuple):
    """The state to explain: of a day, as known now or at an instant; without a day the stored one.

    A future day is judged as if no further report came.
    """

    plan: Plan
    on: date | None
    known_at: datetime | None
    to_come: bool


class Command(BaseCommand):
    help = (
        "Say in both languages why a commitment or target has its status, with all that the status rests on."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="of a commitment or of one of its targets; for example LIV-SVC-04")
        parser.add_argument(
            "--as-of", type=arguments.parse_day, metavar="DAY", help="the state at the end of that day"
        )
        parser.add_argument(
            "--known-at",
            type=_instant,
            metavar="TIME",
            help="as it was known then; for example 2023-10-15T09:00+08:00",
        )
        parser.add_argument(
            "--plan", default="", metavar="CODE", help="else the newest plan that has the code"
        )

    def handle(
        self, *args: Any, code: str, as_of: date | None, known_at: datetime | None, plan: str, **options: Any
    ) -> None:
        asked = _asked(_plan_with(code, plan), as_of, known_at)
        found, targets = _found(asked, code)
        for language, name in settings.LANGUAGES:
            with override(language):
                self.stdout.write(f"== {name} ==")
                self.stdout.write(f"{asked.plan} · {_moment(asked)}")
                self.stdout.writelines(f"{line}\n" for line in _told(found, targets, code))


def _instant(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(
            _("%(text)s is not a time; write for example 2023-10-15T09:00+08:00.") % {"text": text}
        ) from None


def _plan_with(code: str, plan: str) -> Plan:
    """Return the newest plan with a commitment or target of that code."""
    plans = arguments.find_plans(plan)
    for each in plans:
        targets = Target.objects.filter(commitment__plan=each, code__iexact=code)
        if targets.exists() or each.commitments.filter(code__iexact=code).exists():
            return each
    raise CommandError(
        _("There is no commitment or target %(code)s in %(plans)s.")
        % {"code": code, "plans": ", ".join(each.code for each in plans)}
    )


def _asked(plan: Plan, on: date | None, known_at: datetime | None) -> AskedState:
    """Return the state that the options ask for.

    A time without a zone is on the plan's own clock. A time alone asks for its own day.
    """
    zone = ZoneInfo(plan.time_zone)
    if known_at is not None:
        known_at = known_at.replace(tzinfo=known_at.tzinfo or zone)
        on = on or known_at.astimezone(zone).date()
        if known_at > clock.now():
            raise CommandError(_("This time is in the future."))
    today = plan.day_at(clock.now())
    last = max(today, plan.ends_on)
    if on is not None and not plan.starts_on <= on <= last:
        words = _("The day must lie between %(first)s and %(last)s.")
        raise CommandError(words % {"first": plan.starts_on.isoformat(), "last": last.isoformat()})
    return AskedState(plan, on, known_at, to_come=on is not None and on > today)


def _found(asked: AskedState, code: str) -> tuple[CommitmentState, Sequence[TargetState]]:
    """Return the commitment, and all its targets or the one with the code; case does not matter."""
    plan, on, known_at, _to_come = asked
    states = read.state(read.of_plan(plan), read.AsOf(plan, on, known_at) if on else read.NOW)
    found = next(
        state
        for state in states
        if _named(code, state.commitment) or any(_named(code, each.target) for each in state.targets)
    )
    if _named(code, found.commitment):
        return found, found.targets
    return found, [each for each in found.targets if _named(code, each.target)]


def _named(code: str, row: Commitment | Target) -> bool:
    return row.code.casefold() == code.casefold()


def _moment(asked: AskedState) -> str:
    if asked.on is None:
        return _("as stored now")
    if asked.known_at is None:
        return _state(asked) % {"day": day(asked.on)}
    then = asked.known_at.astimezone(ZoneInfo(asked.plan.time_zone))
    return _state_then(asked) % {"day": day(asked.on), "time": minute(then)}


def _state(asked: AskedState) -> str:
    if asked.to_come:
        return _("state on %(day)s, if nothing more is reported until then")
    return _("state on %(day)s, as known now")


def _state_then(asked: AskedState) -> str:
    if asked.to_come:
        return _("state on %(day)s, as known at %(time)s, if nothing more is reported after that")
    return _("state on %(day)s, as known at %(time)s")


def _told(found: CommitmentState, targets: Sequence[TargetState], code: str) -> Sequence[str]:
    named = {number for each in targets if each.verdict for number in each.verdict.newest_entries}
    entries = ProgressEntry.objects.select_related("milestone").in_bulk(named)
    own = explanation.commitment_lines(found) if _named(code, found.commitment) else ()
    return [*own, *(line for target in targets for line in explanation.target_lines(target, entries))]
