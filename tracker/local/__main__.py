"""The commands `python -m tracker.local run`, `… reset`, and `… manage` with a command of `manage.py`."""

import sys

from tracker.local.console import say
from tracker.local.errors import LaunchError, in_plain_words
from tracker.local.manage import manage
from tracker.local.paths import chosen_data_dir
from tracker.local.patience import Patience, Stopped
from tracker.local.programs import stop_with_make
from tracker.local.reset import reset
from tracker.local.run import Launcher


def run() -> None:
    patience = Patience()
    patience.listen()
    stop_with_make()
    Launcher(chosen_data_dir(), patience).run()


def forget() -> None:
    reset(chosen_data_dir())


COMMANDS = {"run": run, "reset": forget}
USAGE = f"usage: python -m tracker.local {'|'.join(COMMANDS)}, or: python -m tracker.local manage <command>"


def main(arguments: list[str]) -> int:
    try:
        return _obey(arguments)
    except Stopped:
        say("Stopped.")
    except LaunchError as error:
        say(f"error: {error}")
        return 1
    except OSError as error:
        say(f"error: {in_plain_words(error)}")
        return 1
    return 0


def _obey(arguments: list[str]) -> int:
    match arguments:
        case ["manage", _, *_]:
            return manage(chosen_data_dir(), arguments[1:])
        case [command] if command in COMMANDS:
            COMMANDS[command]()
            return 0
    say(USAGE)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
