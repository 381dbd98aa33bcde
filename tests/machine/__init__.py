"""Evenings that Hypothesis makes up, against the real application: phones, a bad network, restarts and restored copies.

What people wrote is kept outside (`ledger`), and judged against the tables, never against the server's own word.
"""
