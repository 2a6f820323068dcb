"""The system libraries that WeasyPrint loads when it makes a PDF. pip cannot install them.

Standard library only, so that it can look before anything is installed: `python3 -m mktnorge.libraries`.
"""

import ctypes
import ctypes.util
import sys

# Debian's package: the names its library is loaded by, the name on Linux first.
LIBRARIES = {
    "libpango-1.0-0": ("libpango-1.0.so.0", "pango-1.0"),
    "libpangoft2-1.0-0": ("libpangoft2-1.0.so.0", "pangoft2-1.0"),
    "libharfbuzz-subset0": ("libharfbuzz-subset.so.0", "harfbuzz-subset"),
}


def missing_packages() -> list[str]:
    """Return the Debian packages whose library cannot be loaded on this machine."""
    return [package for package, names in LIBRARIES.items() if not any(_loads(name) for name in names)]


def _loads(name: str) -> bool:
    path = name if ".so" in name else ctypes.util.find_library(name)
    if path is None:
        return False
    try:
        ctypes.CDLL(path)
    except OSError:
        return False
    return True


if __name__ == "__main__" and (missing := missing_packages()):
    sys.exit(
        f"WeasyPrint, which makes the PDFs, needs system libraries that this machine lacks: {', '.join(missing)}.\n"
        f"On Debian or Ubuntu: apt-get install {' '.join(missing)}"
    )
