"""`python -m tracker.local run` and `python -m tracker.local reset`."""

import sys

from tracker.local.console import say
from tracker.local.errors import LaunchError, in_plain_words
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


def main(arguments: list[str]) -> int:
    if len(arguments) != 1 or arguments[0] not in COMMANDS:
        say(f"usage: python -m tracker.local {'|'.join(COMMANDS)}")
        return 2
    try:
        COMMANDS[arguments[0]]()
    except Stopped:
        say("Stopped.")
    except LaunchError as error:
        say(f"error: {error}")
        return 1
    except OSError as error:
        say(f"error: {in_plain_words(error)}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
