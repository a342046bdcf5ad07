"""A database cluster of its own with the service's two roles, and a media folder: a site to restore into."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg

from tests.servers import FAST, place_for_tests
from tests.tracker.test_deployment import ROOT
from tracker.local import roles
from tracker.local.kept import LauncherState
from tracker.local.postgres import Cluster, make_cluster, start_cluster
from tracker.local.programs import stop


@dataclass(frozen=True)
class ClusterSite:
    """A cluster with the two roles, and a media folder."""

    cluster: Cluster
    kept: LauncherState
    media: Path

    def url(self, role: str) -> str:
        password = self.kept.owner_password if role == roles.OWNER else self.kept.app_password
        return self.cluster.url(role, password, roles.DATABASE)

    def manage(self, *arguments: str, role: str = roles.APP) -> subprocess.CompletedProcess[str]:
        env = {**os.environ, "DATABASE_URL": self.url(role), "MEDIA_ROOT": str(self.media)}
        env |= {"DEMO_PASSWORD": self.kept.demo_password, "DEMO_CLOCK": self.kept.demo_clock}
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)

    def well(self, *arguments: str, role: str = roles.APP) -> str:
        done = self.manage(*arguments, role=role)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def rows(self, statement: str) -> list[tuple[object, ...]]:
        with psycopg.connect(self.url(roles.OWNER)) as link:
            return link.execute(statement.encode()).fetchall()


def site(folder: Path) -> Iterator[ClusterSite]:
    folder.mkdir()
    own, place, log = LauncherState(), place_for_tests(folder), folder / "postgres.log"
    make_cluster(place, own.postgres_password, log, sync=False)
    cluster = start_cluster(place, log, time.sleep, **FAST)
    try:
        roles.provide_roles(cluster, own)
        yield ClusterSite(cluster, own, folder / "media")
    finally:
        stop(cluster.program, cluster.child)
