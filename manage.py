#!/usr/bin/env python
"""The command line of the site: `manage.py help` lists what it can do."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mktnorge.settings")
    try:
        from django.core.management import execute_from_command_line
    except ModuleNotFoundError as error:
        raise SystemExit(
            f"{error.name} is not installed. Run `make env`, then `.venv/bin/python manage.py …`."
        ) from error
    if sys.argv[1:2] == ["start"]:
        from mktnorge.embedded import make_environment

        make_environment()
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
