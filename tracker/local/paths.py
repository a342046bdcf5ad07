"""The places of the demo's data."""

import os
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class DataDir:
    root: Path

    @property
    def lock(self) -> Path:
        return self.root / "lock"

    @property
    def kept(self) -> Path:
        return self.root / "secrets.json"

    @property
    def settings(self) -> Path:
        return self.root / "settings.json"

    @property
    def started(self) -> Path:
        return self.root / "processes.json"

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def mails(self) -> Path:
        return self.root / "mails"

    @property
    def postgres(self) -> Path:
        return self.root / "postgres"

    @property
    def valkey(self) -> Path:
        return self.root / "valkey"

    def log(self, name: str) -> Path:
        return self.logs / f"{name}.log"


def chosen_data_dir() -> DataDir:
    given = os.environ.get("DATA_DIR", "").strip()
    # The path is absolute, but not resolved: a link to a bigger disk stays a link.
    return DataDir((Path(given).expanduser() if given else CHECKOUT / ".data").absolute())


def make_folders(data: DataDir) -> None:
    """Make the folders, private to their owner: they hold passwords and mails."""
    data.root.mkdir(mode=0o700, parents=True, exist_ok=True)
    for folder in (data.logs, data.mails, data.valkey):
        folder.mkdir(mode=0o700, exist_ok=True)
    probe = data.root / ".writable"
    probe.write_bytes(b"x" * 4096)
    probe.unlink()
