"""The mutation test, by `make mutants`: it changes the domain's rules one by one and expects a failing
test.

Only the domain and its tests are copied, without the project's configuration, so no database is started.
The calibration of the forecast is left out, as it takes seconds for each change.
ARGS="commitments.domain.status*" looks at one module.
"""

import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
RESULTS = Path(__file__).parent / "results" / "mutants.json"
COPIED = ("commitments/domain", "tests/domain")
FILES = (
    "commitments/__init__.py",
    "tests/__init__.py",
    "tests/oracles/__init__.py",
    "tests/oracles/judgement.py",
    "tests/oracles/words.py",
)
CONFIGURATION = """
[tool.mutmut]
source_paths = ["commitments/domain"]
also_copy = ["commitments/__init__.py", "commitments/domain"]
pytest_add_cli_args = ["-p", "no:cacheprovider", "-q"]
pytest_add_cli_args_test_selection = ["tests/domain"]
use_git_change_detection = false
"""
LINE = re.compile(r"^\s+(commitments\.\S+): (\w[\w ]*)$", re.MULTILINE)
GOAL = 0.95


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="tracker-mutants-") as folder:
        place = Path(folder)
        copy_domain(place)
        mutmut = [sys.executable, "-m", "mutmut"]
        # It fails where a mutant lives, and also where the tests do not run.
        subprocess.run([*mutmut, "run", "--max-children", "2", *sys.argv[1:]], cwd=place, check=False)
        found = subprocess.run(
            [*mutmut, "results", "--all", "true"], cwd=place, check=True, capture_output=True, text=True
        )
    _report(dict(LINE.findall(found.stdout)))


def copy_domain(place: Path) -> None:
    """Copy the rules and their tests, without the rest of the project."""
    for folder in COPIED:
        shutil.copytree(ROOT / folder, place / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for file in FILES:
        (place / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / file, place / file)
    (place / "tests/domain/test_calibration.py").unlink()
    (place / "pyproject.toml").write_text(CONFIGURATION, encoding="utf-8")


def _report(states: dict[str, str]) -> None:
    tried = {name: state for name, state in states.items() if state != "not checked"}
    alive = sorted(name for name, state in tried.items() if state != "killed")
    if not tried:
        sys.exit("No mutant was tried: its tests do not run without the rest of the project.")
    killed = len(tried) - len(alive)
    share = killed / len(tried)
    figures = {"killed": killed, "of": len(tried), "share": round(share, 4), "goal": GOAL, "alive": alive}
    RESULTS.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    print(*alive, sep="\n")
    print(f"{killed} of {len(tried)} mutants killed ({share:.1%}; goal {GOAL:.0%})")


if __name__ == "__main__":
    main()
