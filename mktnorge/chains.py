"""Chains of hashes that can be checked. Each app adds its own, so that the site needs no word of theirs.

register_chain("erasure", verify_proofs)

def verify_proofs() -> list[str]:
    \"\"\"Return a sentence for each link that is not what it was when written; empty when all is well.\"\"\"
"""

from collections.abc import Callable, Mapping

_registered: dict[str, Callable[[], list[str]]] = {}


def register_chain(name: str, verify: Callable[[], list[str]]) -> None:
    """Have `verify_chain` call `verify`. Raises ValueError when another has the name."""
    if _registered.get(name, verify) is not verify:
        raise ValueError(f"{name} is already the name of a chain")
    _registered[name] = verify


def verify_chains() -> Mapping[str, list[str]]:
    """Return the problems of each chain by its name, in the order of the names."""
    return {name: _registered[name]() for name in sorted(_registered)}
