"""What the commands share: their usual options, and how an answer is said."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

AsJson = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]
File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)]
ForPush = Annotated[bool, typer.Option("--push", help="The key that push services know.")]


def say(value: Any, as_json: bool, text: Callable[[], str]) -> None:
    print(json.dumps(value, ensure_ascii=False) if as_json else text())
