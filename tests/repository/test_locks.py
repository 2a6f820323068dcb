"""What is installed is pinned and hashed, and nothing in the repository points at one machine or one index."""

import re
from pathlib import Path

import pytest

from tests.repository.tree import ROOT, files, plant, text

LOCKS = ("runtime", "test", "postgres")
PINNED = re.compile(r"[A-Za-z0-9._-]+(\[[a-z0-9,._-]+\])?==[^\s;]+( ; [^\\]+)?( \\)?")
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")
# Lock formats that write down where they downloaded from.
WITH_HOSTS = {
    "uv.lock",
    "pylock.toml",
    "poetry.lock",
    "Pipfile.lock",
    "package-lock.json",
    "yarn.lock",
    "pnpm-lock.yaml",
}
# Spelled in pieces, so that this file does not catch itself.
MACHINE_PATHS = re.compile(
    r"(?<![\w.~-])/(?:" + "|".join(["root", "work", "home/" + r"\w+", "Users/" + r"\w+"]) + r")/"
)
# A module named for what it is not.
EMPTY_NAMES = {"utils", "utilities", "util", "helpers", "helper", "common", "misc", "core", "shared", "stuff"}


def lock_problems(content: str) -> list[str]:
    """Return the lines of a lock that are not a pin, a hash of the pin above or a comment, and pins without a hash."""
    problems = []
    pin, hashed = None, True
    for line in content.splitlines():
        if line.lstrip().startswith("#"):
            continue
        if HASH.fullmatch(line):
            hashed = True
        elif PINNED.fullmatch(line):
            if not hashed:
                problems.append(f"no hash: {pin}")
            pin, hashed = line.split("==")[0], False
        else:
            problems.append(f"neither pin nor hash: {line}")
    if not hashed:
        problems.append(f"no hash: {pin}")
    if "://" in content:
        problems.append("an address")
    return problems


def versions(content: str) -> dict[str, str]:
    return dict(re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^]]+\])?==([^\s;\\]+)", content, flags=re.MULTILINE))


def machine_paths(root: Path) -> list[str]:
    """Return where a file names a path of the machine it was written on."""
    return [
        f"{path.relative_to(root).as_posix()}:{number}"
        for path in files(root)
        for number, line in enumerate(text(path).splitlines(), start=1)
        if MACHINE_PATHS.search(line)
    ]


def empty_names(root: Path) -> list[str]:
    return [
        path.relative_to(root).as_posix()
        for path in files(root)
        if path.suffix == ".py" and EMPTY_NAMES & {path.stem, *path.relative_to(root).parts[:-1]}
    ]


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_is_pinned_and_hashed_and_names_no_host(lock):
    content = text(ROOT / "requirements" / f"{lock}.txt")
    assert len(versions(content)) >= 4
    assert lock_problems(content) == []


def test_there_is_no_other_lock():
    assert sorted(path.name for path in (ROOT / "requirements").iterdir()) == sorted(f"{lock}.txt" for lock in LOCKS)
    assert [path for path in files(ROOT) if path.name in WITH_HOSTS] == []


def test_the_tests_run_on_the_versions_that_run_in_production():
    runtime, test = (versions(text(ROOT / "requirements" / f"{lock}.txt")) for lock in ("runtime", "test"))
    assert {name: test.get(name) for name in runtime} == runtime


def test_every_declared_dependency_is_locked_and_says_why():
    block = text(ROOT / "pyproject.toml").split("[tool.")[0]
    lines = [line for line in block.splitlines() if re.match(r'\s+"', line)]
    assert [line for line in lines if "  # " not in line] == []
    locked = {name.lower() for lock in LOCKS for name in versions(text(ROOT / "requirements" / f"{lock}.txt"))}
    assert {re.match(r'\s+"([\w.-]+)', line)[1] for line in lines} <= locked


def test_nothing_names_a_path_of_one_machine():
    assert machine_paths(ROOT) == []


def test_every_module_is_named_for_what_it_holds():
    assert empty_names(ROOT) == []


HASHED = "    --hash=sha256:" + "0" * 64


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (f"django==5.2 \\\n{HASHED}", None),
        (f'psycopg[binary]==3.3 ; sys_platform == "linux" \\\n{HASHED} \\\n{HASHED}\n    # via x', None),
        ("django==5.2", "no hash: django"),
        (f"django==5.2\nflask==3.0 \\\n{HASHED}", "no hash: django"),
        (f"django>=5.2 \\\n{HASHED}", "neither pin nor hash: django>=5.2 \\"),
        (f"--index-url x\ndjango==5.2 \\\n{HASHED}", "neither pin nor hash: --index-url x"),
        (f"# from ftp://somewhere.example\ndjango==5.2 \\\n{HASHED}", "an address"),
    ],
)
def test_a_planted_lock(content, problem):
    assert lock_problems(content) == ([problem] if problem else [])


def test_planted_paths_and_names_are_caught(tmp_path):
    plant(
        tmp_path,
        "docs/a.md",
        "fine: /personvern/krav/ and ~{0}x and https://x.example{0}\nbad: {0}main".format("/" + "work/"),
    )
    plant(tmp_path, ".ci/run", "cd /" + "root/project")
    plant(tmp_path, "var/made.log", "/" + "root/project")
    plant(tmp_path, "rights/services/helpers.py", "")
    plant(tmp_path, "processing/common/dates.py", "")
    assert machine_paths(tmp_path) == [".ci/run:1", "docs/a.md:2"]
    assert empty_names(tmp_path) == ["processing/common/dates.py", "rights/services/helpers.py"]
