"""Frozen input: one file for each type and version that was ever released, and requests as the first clients send them.

A file is recorded once (`python -m tests.golden`) and then neither changed nor removed: what a phone sealed with an old
version must give the same records in ten years. `MANIFEST` holds every file's hash, to be checked with `sha256sum -c`.
All of it is invented.
"""
