"""The repository as text: what the tests of this package read. Every function takes the root, so that a small planted
tree can stand in for the real one, and each rule be seen to catch what it is there to catch."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ("mktnorge", "processing", "rights")
MADE_HERE = {".git", ".venv", "var", "__pycache__", ".ruff_cache", ".mypy_cache", ".pytest_cache", ".hypothesis"}


@dataclass(frozen=True)
class Module:
    """One Python file of the product."""

    path: str
    """Relative to the root, with forward slashes."""

    name: str
    """As it is imported."""

    tree: ast.Module

    def imports(self) -> set[str]:
        """Return every dotted name the module imports, at the top or inside a function, relative ones resolved.

        `from a import b` gives both `a` and `a.b`, since `b` may be a module.
        """
        found = set()
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                package = self._absolute(node)
                found.add(package)
                found |= {f"{package}.{alias.name}" for alias in node.names}
        return found

    def _absolute(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        here = self.name.split(".") if self.path.endswith("__init__.py") else self.name.split(".")[:-1]
        base = here[: len(here) - node.level + 1]
        return ".".join([*base, node.module] if node.module else base)

    def functions(self) -> Iterator[tuple[str, ast.AST]]:
        """Give every node with the name of the innermost function or class it stands in, `""` at the top."""

        def walk(node: ast.AST, inside: str) -> Iterator[tuple[str, ast.AST]]:
            for child in ast.iter_child_nodes(node):
                yield inside, child
                named = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
                yield from walk(child, child.name if named else inside)

        return walk(self.tree, "")


def within(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def modules(root: Path, *, migrations: bool = False) -> list[Module]:
    """Return the product's modules, sorted by path."""
    paths = [path for package in PRODUCT for path in (root / package).rglob("*.py")]
    return [
        _module(root, path)
        for path in sorted(paths)
        if "__pycache__" not in path.parts and (migrations or "migrations" not in path.parts)
    ]


@cache
def _module(root: Path, path: Path) -> Module:
    relative = path.relative_to(root)
    parts = relative.with_suffix("").parts
    name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    return Module(relative.as_posix(), name, ast.parse(path.read_text("utf-8"), filename=str(relative)))


def files(root: Path) -> list[Path]:
    """Return every file that belongs to the repository, leaving out what is made on the machine."""
    return sorted(
        path
        for path in root.rglob("*")
        if path.is_file() and not MADE_HERE & set(path.relative_to(root).parts) and path.name != ".env"
    )


def text(path: Path) -> str:
    """Return the file's text, or nothing for a file that is not text."""
    content = path.read_bytes()
    return "" if b"\0" in content else content.decode("utf-8", errors="replace")


def strings(module: Module) -> set[str]:
    """Return every string constant of the module."""
    return {
        node.value for node in ast.walk(module.tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def plant(root: Path, path: str, content: str) -> Path:
    """Write a file into a planted tree."""
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(content, "utf-8")
    return target


def tags(template: str, name: str) -> list[str]:
    """Return the arguments of each `{% name … %}` in the template's text."""
    return re.findall(r"{%-?\s*" + name + r"\s+(.*?)\s*-?%}", template, flags=re.DOTALL)
