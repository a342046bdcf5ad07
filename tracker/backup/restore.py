"""Restoring of a backup into an empty database and an empty media folder.

The files come first and the database last, in one transaction. An interruption thus leaves the database
empty, and the same command can be given again.
"""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.db import connection

from . import folder as kept
from . import programs
from .errors import BackupError
from .folder import DUMP, MEDIA, digest_of

PRIVATE = 0o700
MOST_NAMED = 5
OWN_TABLES = """
SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_(toast|temp)'
"""
# The default privileges of deploy/roles.sql would be added to those that the dump gives for each table: it
# could then change the ledger's facts. The dump gives them back at its end.
NO_DEFAULTS = """
DO $$
DECLARE
    each record;
BEGIN
    FOR each IN
        SELECT DISTINCT d.defaclobjtype AS kind, a.grantee
        FROM pg_default_acl d CROSS JOIN aclexplode(d.defaclacl) a
        WHERE d.defaclrole = current_user::regrole AND d.defaclnamespace = 'public'::regnamespace
            AND a.grantee NOT IN (0, d.defaclrole) AND d.defaclobjtype IN ('r', 'S')
    LOOP
        EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON %s FROM %s',
            CASE each.kind WHEN 'r' THEN 'TABLES' ELSE 'SEQUENCES' END, each.grantee::regrole);
    END LOOP;
END $$
"""


def restore(backup: Path) -> int:
    """Restore a backup and return the number of evidence files.

    Raises BackupError; the database is still empty then.
    """
    if not backup.is_dir():
        raise BackupError(f"{backup} is no folder.")
    _check_whole(backup)
    _check_empty_database()
    sums = {name: digest for name, digest in kept.manifest(backup).items() if name != DUMP}
    media = Path(settings.MEDIA_ROOT)
    places = {name: media / name.removeprefix(f"{MEDIA}/") for name in sums}
    _check_free(places, sums)
    for name, place in places.items():
        _put(backup / name, place)
    _load(backup / DUMP)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return len(sums)


def _check_whole(backup: Path) -> None:
    faults = kept.faults(backup)
    if faults:
        named = ", ".join(faults[:MOST_NAMED]) + (" …" if len(faults) > MOST_NAMED else "")
        raise BackupError(f"{backup} is no whole backup: missing or changed is {named}")


def _check_empty_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute(OWN_TABLES)
        (tables,) = cursor.fetchone()
        cursor.execute("SELECT current_database(), current_user, has_schema_privilege('public', 'CREATE')")
        name, user, may = cursor.fetchone()
    if tables:
        raise BackupError(f"The database {name} is not empty. Make a new one with deploy/roles.sql.")
    if not may:
        raise BackupError(f"{user} may make no tables: use the DATABASE_URL of tracker_owner.")


def _check_free(places: dict[str, Path], sums: dict[str, str]) -> None:
    """Pass over files that an earlier attempt has restored already."""
    taken = [place for name, place in places.items() if digest_of(place) not in ("", sums[name])]
    if taken:
        raise BackupError(f"{taken[0]} is there already and is another file. Empty MEDIA_ROOT first.")


def _put(copy: Path, place: Path) -> None:
    for folder in (*reversed(place.parent.parents), place.parent):
        folder.mkdir(mode=PRIVATE, exist_ok=True)
    draft = place.with_name(f".{place.name}.restoring")
    shutil.copyfile(copy, draft)
    draft.chmod(0o600)
    kept.sync(draft)
    draft.replace(place)
    kept.sync(place.parent)


def _load(dump: Path) -> None:
    """Load the dump by way of a script."""
    # Only psql can run a statement of ours in the same transaction.
    folder = programs.folder_of("pg_restore")
    with TemporaryDirectory(prefix="restore-") as temporary:
        script = Path(temporary) / "script.sql"
        programs.run(folder / "pg_restore", "--no-owner", f"--file={script}", str(dump))
        programs.run(
            folder / "psql", "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1",
            f"--command={NO_DEFAULTS}", f"--file={script}", f"--dbname={programs.database()}",
        )  # fmt: skip
