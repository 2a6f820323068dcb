"""Mail addresses that are nearly those of a large provider: «gmial.com». A hint, and never a refusal."""

PROVIDERS = (
    "gmail.com", "hotmail.com", "hotmail.no", "outlook.com", "live.no", "live.com", "icloud.com", "me.com",
    "yahoo.com", "yahoo.no", "online.no", "msn.com", "proton.me", "protonmail.com",
)  # fmt: skip
"""Where most private addresses in Norway end. Nobody else is asked anything."""

# Where one slip leads from a short name to many that are somebody's, nobody is asked.
_SHORTEST = 7


def address_meant(email: str) -> str:
    """Return the address somebody may have meant, or nothing where there is no doubt.

    One slip from a provider's name is a doubt: a letter too many, too few or wrong, or two that changed places.
    """
    local, at, domain = email.rpartition("@")
    domain = domain.casefold()
    if not at or domain in PROVIDERS:
        return ""
    meant = [provider for provider in PROVIDERS if len(provider) > _SHORTEST and _one_slip(domain, provider)]
    return f"{local}@{meant[0]}" if len(meant) == 1 else ""


def _one_slip(typed: str, meant: str) -> bool:
    start = 0
    while start < min(len(typed), len(meant)) and typed[start] == meant[start]:
        start += 1
    rest, wanted = typed[start:], meant[start:]
    return (
        rest[1:] == wanted[1:]
        or rest[1:] == wanted
        or rest == wanted[1:]
        or (rest[:2] == wanted[:2][::-1] and rest[2:] == wanted[2:])
    )
