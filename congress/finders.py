"""Static files of installed packages, by a short list: what is not named in data/static_files.toml
is not served.
"""

import importlib.util
import tomllib
from functools import cached_property
from pathlib import Path

from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.files.storage import FileSystemStorage

LIST = Path(__file__).parent / "data" / "static_files.toml"


class PackageFilesFinder(BaseFinder):
    """Serves `<name>/<file>` for each section [name] of the list, from its package's folder."""

    def check(self, **kwargs):
        return []

    @cached_property
    def storages(self):
        """(storage, its files) for each section; the storage's prefix is the section's name."""
        sections = tomllib.loads(LIST.read_text(encoding="utf-8"))
        found = []
        for name, section in sections.items():
            package = Path(
                importlib.util.find_spec(section["package"]).submodule_search_locations[0]
            )
            storage = FileSystemStorage(location=package / section.get("folder", ""))
            storage.prefix = name
            found.append((storage, section["files"]))
        return found

    def find(self, path, find_all=False):
        found = [
            storage.path(file)
            for storage, files in self.storages
            for file in files
            if f"{storage.prefix}/{file}" == path
        ]
        return found if find_all else next(iter(found), [])

    def list(self, ignore_patterns):
        for storage, files in self.storages:
            for file in files:
                if not matches_patterns(file, ignore_patterns or []):
                    yield file, storage
