"""The set-up of `make mutants`, which takes too long to run here."""

import os
import subprocess
import sys
from pathlib import Path

from bench.mutants import copy_domain


def test_the_tests_of_the_rules_need_nothing_else(tmp_path: Path) -> None:
    copy_domain(tmp_path)
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "tests/domain"]
    alone = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    found = subprocess.run(command, cwd=tmp_path, env=alone, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout
