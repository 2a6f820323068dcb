"""Measurements to run by hand: `python -m bench.findings`. Each says what it measures, and against what."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()
