"""A pytest plugin: the tests on several workers at once.

The tables, the static files and the messages are made once, before the workers start; each worker gets a copy of
the database. Its broker is its own too: `tests.servers` starts one in each process.
"""

import gc
import os
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from pytest_django.plugin import blocking_manager_key

from tests.preparing import collect, make_service_role

# Importing and collecting make objects that stay; looking for garbage among them takes a third of the time.
gc.set_threshold(100_000, 50, 100)
# Tests wait for servers and browsers half of the time.
FOR_EACH_CORE = 2
# More would be in each other's way: they share one PostgreSQL.
MOST = 8


@pytest.hookimpl(tryfirst=True, optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Return how many workers to start: none for a few named tests, which are done before a worker has started."""
    are_named = config.option.keyword or not all(Path(given).is_dir() for given in config.args)
    if are_named or os.environ.get("TEST_USE_ENV") == "1":
        return 0
    return min((os.cpu_count() or 1) * FOR_EACH_CORE, MOST)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes(config: pytest.Config) -> None:
    collect()
    make_service_role()
    with config.stash[blocking_manager_key].unblock():
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Copy the database for a worker."""
    name = node.gateway.id
    with node.config.stash[blocking_manager_key].unblock():
        connection.creation.clone_test_db(name, verbosity=0)
    node.workerinput["database"] = connection.creation.get_test_db_clone_settings(name)["NAME"]


def pytest_itemcollected(item: pytest.Item) -> None:
    """Keep tests together that share an expensive start; each group goes to one worker, the largest first."""
    # Once all are collected it is too late: xdist has read the marks.
    if group := _group(item):
        item.add_marker(pytest.mark.xdist_group(group))


def pytest_collection_finish() -> None:
    # Modules and tests live to the end; no collection finds garbage there.
    gc.freeze()


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name a file by its place: its bytes may hold the second in which each worker made it."""
    return argname if isinstance(val, bytes) else None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Stop where xdist did not take the groups up, which costs minutes and is told by nothing else."""
    if not getattr(config.option, "loadgroup", False):
        return
    for item in items:
        if item.get_closest_marker("xdist_group") and "@" not in item.nodeid:
            raise pytest.UsageError(f"xdist ignores the group of {item.nodeid}")


def _group(item: pytest.Item) -> str | None:
    if item.path.parent.name == "local":
        return "launchers"
    if item.path.name == "test_migrations.py":
        return "migrations"
    return item.nodeid.split("::")[0] if _shares(item) else None


def _shares(item: pytest.Item) -> bool:
    """Return whether the tests of the file use one browser, or something else that is made once for a file."""
    makers = [maker for makers in item._fixtureinfo.name2fixturedefs.values() for maker in makers]  # type: ignore[attr-defined]
    return any(maker.argname == "chromium" or maker.scope == "module" for maker in makers)
