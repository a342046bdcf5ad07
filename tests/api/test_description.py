"""schemathesis reads the API's description and asks the running service for all allowed and forbidden values."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from bench.faults import service
from tests.factories import make_counted_entry, make_target

ARGUMENTS = (
    "--seed",
    "2023",
    "--max-examples",
    "5",
    "--phases",
    "coverage,fuzzing",
    "--continue-on-failure",
    "--no-color",
)


@pytest.mark.django_db(transaction=True)
def test_what_the_description_says_holds(tmp_path: Path) -> None:
    """Run the short check; `docs/api.md` explains longer ones."""
    make_counted_entry(make_target(), 40)
    with service.running() as web:
        asked = subprocess.run(
            [Path(sys.executable).with_name("schemathesis"), "run", f"{web.site}/api/v1/schema/", *ARGUMENTS],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=300,
        )
    assert asked.returncode == 0, asked.stdout
    assert re.search(r"(\d{3,}) generated, \1 passed", asked.stdout)
