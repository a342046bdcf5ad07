"""The update of the demo's database and files: one process, one line per step."""

import io
import sys
import traceback
from dataclasses import dataclass

from tracker.local.console import say, step


@dataclass(frozen=True)
class PreparationStep:
    label: str
    command: str
    arguments: tuple[str, ...] = ()
    verbosity: int = 1

    @property
    def line(self) -> str:
        return " ".join(("manage.py", self.command, *self.arguments))


STEPS = (
    # With more to say it would compare all models with all migrations, which takes half of the time of a later start.
    PreparationStep("tables", "migrate", ("--noinput",), verbosity=0),
    PreparationStep("translations", "compile_messages"),
    PreparationStep("styles and scripts", "collectstatic", ("--noinput",)),
)
# Loaded once, they belong to the people who use them: later starts only compare.
SAMPLES = (
    PreparationStep("the 2023 plan", "seed_plan", ("fixtures/610302-2023", "--publish"), verbosity=0),
    PreparationStep("demo progress and accounts", "load_demo", ("fixtures/610302-2023-demo",), verbosity=0),
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
    for one in SAMPLES:
        _tell(one)
    return 0


def _done(todo: PreparationStep) -> bool:
    try:
        print(_run(todo), file=sys.stderr)
    except (Exception, SystemExit):  # noqa: BLE001, whatever it is: it is shown, and the start ends
        say(f"  {todo.label}: failed ({todo.line})")
        traceback.print_exc()
        return False
    return True


def _tell(sample: PreparationStep) -> None:
    """Report the result in a line: a service in use starts without its sample too."""
    try:
        said = _run(sample)
    except Exception as error:  # noqa: BLE001, whatever it is: the rest is in the log
        traceback.print_exc()
        said = f"{str(error).partition(chr(10))[0]} ({sample.line})"
    if said:
        say(f"  {said.strip()}")


def _run(todo: PreparationStep) -> str:
    """Run the command; return its output, in English like all that the launcher prints."""
    from django.core.management import call_command
    from django.utils import translation

    said = io.StringIO()
    with step(todo.label), translation.override("en"):
        call_command(todo.command, *todo.arguments, stdout=said, stderr=sys.stderr, verbosity=todo.verbosity)
    return said.getvalue()


if __name__ == "__main__":
    sys.exit(main())
