"""The fault matrix: real processes, a network that breaks to order, and an outside ledger that decides.

docs/reliability.md lists the rows and where each is shown.
"""
