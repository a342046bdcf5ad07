"""The run of the whole service: from a bare machine to a working service, and back on Ctrl-C."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from tracker.local import roles
from tracker.local.console import say, step
from tracker.local.errors import failure_of
from tracker.local.kept import LauncherState, keep_or_make, refuse_older
from tracker.local.leftovers import end_leftovers, note_started
from tracker.local.lock import hold_lock, sign
from tracker.local.manage import leave_settings
from tracker.local.paths import DataDir, make_folders
from tracker.local.patience import Patience
from tracker.local.ports import free_port, free_port_near, wanted_port
from tracker.local.postgres import Cluster, check_version, make_cluster, start_cluster
from tracker.local.postgres_place import place_for
from tracker.local.programs import Program, fresh_log, start, stop
from tracker.local.readiness import wait_until_ready
from tracker.local.services import Ports, application_programs, environment, mail_program, prepare_program
from tracker.local.supervisor import Supervisor
from tracker.local.valkey import Broker, start_broker
from tracker.local.welcome import welcome

LOGS = ("postgres", "valkey", "prepare", "mail", "sweeper", "worker", "beat", "web")


@dataclass
class Launcher:
    data: DataDir
    patience: Patience

    def run(self) -> None:
        refuse_older(self.data.kept)
        make_folders(self.data)
        with hold_lock(self.data.lock) as lock:
            end_leftovers(self.data.started)
            ports = choose_ports()
            sign(lock, ports.site)
            self._run_until_stopped(ports)

    def _run_until_stopped(self, ports: Ports) -> None:
        supervisor = Supervisor(lambda pids: note_started(self.data.started, pids))
        try:
            self._start(supervisor, ports)
            while True:
                supervisor.look_after()
                self.patience.pause(0.2)
        finally:
            say("Stopping …")
            supervisor.stop()

    def _start(self, supervisor: Supervisor, ports: Ports) -> None:
        began = time.monotonic()
        self.data.settings.unlink(missing_ok=True)
        for name in LOGS:
            fresh_log(self.data.log(name))
        kept = keep_or_make(self.data.kept)
        with step("PostgreSQL"):
            cluster = self._start_postgres(supervisor, kept)
        with step("Valkey"):
            broker = self._start_valkey(supervisor)
        self._start_service(supervisor, ports, kept, cluster, broker)
        say(welcome(ports, kept.demo_password, self.data.logs))
        say(f"Started in {time.monotonic() - began:.1f} s.")

    def _start_postgres(self, supervisor: Supervisor, kept: LauncherState) -> Cluster:
        place, log = place_for(self.data.postgres), self.data.log("postgres")
        if place.data.exists():
            check_version(place)
        else:
            make_cluster(place, kept.postgres_password, log)
        cluster = start_cluster(place, log, self.patience.pause)
        supervisor.adopt(cluster.program, cluster.child)
        roles.provide_roles(cluster, kept)
        return cluster

    def _start_valkey(self, supervisor: Supervisor) -> Broker:
        broker = start_broker(self.data.valkey, self.data.log("valkey"), self.patience.pause)
        supervisor.adopt(broker.program, broker.child)
        return broker

    def _start_service(
        self, supervisor: Supervisor, ports: Ports, kept: LauncherState, cluster: Cluster, broker: Broker
    ) -> None:
        env = environment(self.data, kept, ports, broker.url)
        as_owner = {
            "DATABASE_URL": cluster.url(roles.OWNER, kept.owner_password, roles.DATABASE),
            "DEMO_PASSWORD": kept.demo_password,
        }
        as_app = {"DATABASE_URL": cluster.url(roles.APP, kept.app_password, roles.DATABASE)}
        self._run_to_end(prepare_program(self.data, env | as_owner))
        leave_settings(self.data, env | as_app)
        with step("web, worker, beat, sweeper"):
            supervisor.start(
                mail_program(self.data, ports), *application_programs(self.data, env | as_app, ports)
            )
            for page in (ports.mails, f"{ports.site}/readyz"):
                wait_until_ready(page, self._watchful_pause(supervisor))

    def _watchful_pause(self, supervisor: Supervisor) -> Callable[[float], None]:
        def pause(seconds: float) -> None:
            supervisor.look_after()
            self.patience.pause(seconds)

        return pause

    def _run_to_end(self, program: Program) -> None:
        child = start(program)
        try:
            while child.poll() is None:
                self.patience.pause(0.05)
        finally:
            stop(program, child)
        if child.returncode:
            raise failure_of("The demo could not be prepared", program.log)


def choose_ports() -> Ports:
    web = wanted_port()
    return Ports(web=web, viewer=free_port_near(web + 1), smtp=free_port())
