"""Static files as they are collected for the proxy, which reads them under another account."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    def compress_files(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        for name, compressed in super().compress_files(paths):
            # whitenoise leaves their mode to the umask, and that of the services closes them to the proxy.
            Path(self.path(compressed)).chmod(self.file_permissions_mode)
            yield name, compressed
