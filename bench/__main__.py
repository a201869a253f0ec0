"""Runs the measurements on a database of its own, in a folder that is thrown away afterwards."""

import os
import pkgutil
import sys
import tempfile
from importlib import import_module
from pathlib import Path


def names():
    """The measurements that there are."""
    found = pkgutil.iter_modules([str(Path(__file__).parent)])
    return sorted(module.name for module in found if not module.name.startswith("_"))


def prepare(folder):
    """A migrated database in the folder."""
    os.environ["CONGRESS_DATA"] = folder
    os.environ.pop("DATABASE_URL", None)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "congress.settings")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def show(label, value, limit):
    """One measurement as a line; the limit is the project's own, from its specification."""
    verdict = "" if limit is None else f"limit {limit:g}  {'ok' if value <= limit else 'OVER'}"
    print(f"  {label:<60} {value:>10.2f}  {verdict}", flush=True)


def main(wanted):
    unknown = set(wanted) - set(names())
    if unknown:
        print(f"bench has: {', '.join(names())}", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="congress-bench-") as folder:
        prepare(folder)
        for name in wanted or names():
            module = import_module(f"bench.{name}")
            if hasattr(module, "run"):
                print(name, flush=True)
                for measurement in module.run():
                    show(*measurement)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
