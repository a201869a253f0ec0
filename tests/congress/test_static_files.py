"""Of installed packages only the named files are served."""

from django.contrib.staticfiles import finders

from congress.finders import PackageFilesFinder


def test_only_the_files_of_the_list_are_found():
    found = {path: bool(finders.find(path)) for path in BOOTSTRAP}
    assert found == BOOTSTRAP


BOOTSTRAP = {
    "bootstrap/css/bootstrap.min.css": True,
    "bootstrap/js/bootstrap.bundle.min.js": True,
    "bootstrap/css/bootstrap.css": False,
    "bootstrap/../settings.py": False,
    "bootstrap/css/../css/bootstrap.min.css": False,
    "htmx.min.js": True,
}


def test_every_file_of_the_list_is_there():
    files = list(PackageFilesFinder().list(None))
    assert [path for path, storage in files if not storage.exists(path)] == []
    assert len(files) == 4
