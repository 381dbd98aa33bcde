"""Where the command `lykta` begins."""

import gc


def main() -> None:
    """Thousands of classes are made on the way in, and none is thrown away: to look for garbage takes a fifth of it."""
    gc.disable()
    from app import cli

    gc.freeze()
    gc.enable()
    cli.main()
