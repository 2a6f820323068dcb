"""Tests of two connections at once: one reason, said once, for where they cannot run."""

import pytest
from django.db import connection

two_connections = pytest.mark.skipif(
    connection.vendor == "sqlite",
    reason="an SQLite database in memory has one connection, and a file lets one write at a time (see the settings)",
)
"""PostgreSQL runs what carries this mark, in every `make test`."""
