#!/usr/bin/env python
"""The command line of the site: `manage.py help` lists what it can do."""

import os
import sys


def main() -> None:
    if sys.argv[1:] == ["new_keys"]:  # wanted before there are any settings to read
        from mktnorge.keys import print_new_keys

        print_new_keys()
        return
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mktnorge.settings")
    try:
        from django.core.exceptions import ImproperlyConfigured
        from django.core.management import execute_from_command_line
    except ModuleNotFoundError as error:
        raise SystemExit(
            f"{error.name} is not installed. Run `make env`, then `.venv/bin/python manage.py …`."
        ) from error
    if sys.argv[1:2] == ["start"]:
        from mktnorge.embedded import make_environment

        make_environment()
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        raise SystemExit(f"manage.py: {error}") from error


if __name__ == "__main__":
    main()
