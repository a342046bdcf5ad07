"""Brings the demo's database and files up to date: one process, one line per step."""

import io
import sys
import traceback
from dataclasses import dataclass

from tracker.local.console import say, step


@dataclass(frozen=True)
class Step:
    label: str
    command: str
    arguments: tuple[str, ...] = ()


STEPS = (
    Step("tables", "migrate", ("--noinput",)),
    Step("translations", "compile_messages"),
    Step("styles and scripts", "collectstatic", ("--noinput",)),
    Step("the 2023 plan", "seed_plan", ("fixtures/610302-2023",)),
    Step("demo progress and accounts", "load_demo", ("fixtures/610302-2023-demo",)),
)


def main() -> int:
    import django

    with step("loading the code"):
        django.setup()
    from tracker.local import static_files

    collected = static_files.is_collected()
    todo = [one for one in STEPS if not (collected and one.command == "collectstatic")]
    if not all(_done(one) for one in todo):
        return 1
    static_files.note_collected()
    return 0


def _done(todo: Step) -> bool:
    from django.core.management import call_command

    said = io.StringIO()
    try:
        with step(todo.label):
            call_command(todo.command, *todo.arguments, stdout=said, stderr=sys.stderr, verbosity=1)
    except (Exception, SystemExit):  # noqa: BLE001, whatever it is: it is shown, and the start ends
        say(f"  {todo.label}: failed (manage.py {' '.join((todo.command, *todo.arguments))})")
        traceback.print_exc()
        return False
    finally:
        print(said.getvalue(), file=sys.stderr)
    return True


if __name__ == "__main__":
    sys.exit(main())
