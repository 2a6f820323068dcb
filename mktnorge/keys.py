"""New keys for a new installation. Standard library only: it runs before Django is configured."""

import base64
import secrets


def new_keys() -> dict[str, str]:
    """Return fresh values for the three secret settings, by the name of the setting."""
    return {
        "SECRET_KEY": secrets.token_urlsafe(64),
        "DATA_KEYS": f"k1:{base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()}",
        "CODE_KEY": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
    }


def print_new_keys() -> None:
    """Write the keys to standard output as lines for .env. They are kept nowhere."""
    for name, value in new_keys().items():
        print(f"{name}={value}")


if __name__ == "__main__":
    print_new_keys()
