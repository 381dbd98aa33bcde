"""No search for a person, however it is asked: of the page, of a saved search, of a file."""

from app.core import errors
from app.core.errors import Problem
from app.find import rules


def refuse_persons(*texts: str | None) -> None:
    """Places and events are looked for, never persons. Raises Problem(FIND_PERSON): the kinds, and never the words."""
    if kinds := rules.kinds_in(*texts):
        raise Problem(errors.FIND_PERSON, extra={"kinds": kinds})
