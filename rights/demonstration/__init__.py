"""Invented cases for a demonstration: what each is, and how the services are driven to where it stands."""
