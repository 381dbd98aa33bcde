"""Lykta's sync service: one folder per job, imports only downwards (see docs/decisions.md)."""

VERSION = "0.1.0"
