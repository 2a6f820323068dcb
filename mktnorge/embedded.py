"""The embedded environment: what `manage.py start` needs on a machine where nothing is set up.

Standard library only, since it runs before Django reads its settings.
"""

import os
from pathlib import Path

from mktnorge.keys import new_keys

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
ENVIRONMENT_FILE = VAR / "embedded.env"


def is_embedded() -> bool:
    """True when nobody has configured this checkout: no `.env` file and no SECRET_KEY in the environment.

    All or nothing on purpose: a half-configured production machine must fail loudly,
    and never be completed with keys that were made for a demonstration.
    """
    return "SECRET_KEY" not in os.environ and not (ROOT / ".env").exists()


def make_environment() -> None:
    """Write `var/embedded.env` with fresh keys unless it is there. Readable by its owner only."""
    if not is_embedded() or ENVIRONMENT_FILE.exists():
        return
    VAR.mkdir(exist_ok=True)
    lines = [f"{name}={value}" for name, value in new_keys().items()]
    lines += ["DEMONSTRATION=true", "ALLOWED_HOSTS=127.0.0.1,localhost"]
    descriptor = os.open(ENVIRONMENT_FILE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
