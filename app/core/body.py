"""JSON bodies of writing routes, read after the caller is known: strangers are not told what is wrong with theirs."""

from typing import Any

import orjson
from fastapi import Depends, Request
from pydantic import BaseModel, ValidationError

from app.core import errors
from app.core.errors import Problem

Place = tuple[str | int, ...]


async def read_up_to(limit: int, request: Request, too_large: Problem) -> bytes:
    """Never more than the limit: the rest is not even read. Raises `too_large`."""
    content = bytearray()
    async for part in request.stream():
        content += part
        if len(content) > limit:
            raise too_large
    return bytes(content)


def json_body(model: type[BaseModel]) -> Any:
    """A dependency; put it after the viewer. Raises Problem(FRAME) for no JSON, Problem(INVALID) for wrong members."""

    async def _body(request: Request) -> BaseModel:
        try:
            value = orjson.loads(await request.body())
            # As JSON, like the body of a pushed op: times are strings, and no number is read as a time.
            plain = orjson.dumps(value)
        except (orjson.JSONDecodeError, orjson.JSONEncodeError):  # what can be read may be too deep to be written
            raise Problem(errors.FRAME) from None
        try:
            return model.model_validate_json(plain)
        except ValidationError as error:
            raise Problem(errors.INVALID, errors=located(error, value)) from None

    return Depends(_body)


def described(model: type[BaseModel]) -> dict[str, Any]:
    """The same for OpenAPI, which cannot see into a dependency."""
    schema = model.model_json_schema()
    definitions = schema.pop("$defs", {})
    content = {"application/json": {"schema": _inlined(schema, definitions)}}
    return {"requestBody": {"required": True, "content": content}}


def located(error: ValidationError, value: Any) -> list[dict[str, str]]:
    """One error per member: pydantic tells of every branch of a union, and puts the branch's name into the place."""
    found: dict[Place, str] = {}
    for told in error.errors(include_url=False, include_context=False, include_input=False):
        # The name of a member that is none of ours was typed by somebody: its parent is pointed at.
        loc = told["loc"][:-1] if told["type"] == "extra_forbidden" else told["loc"]
        place = _place(loc, value, is_missing=told["type"] == "missing")
        found.setdefault(place, told["type"])
    return [{"pointer": errors.pointer(place), "in": "body", "code": code} for place, code in found.items()]


def _place(loc: Place, value: Any, *, is_missing: bool) -> Place:
    """Those parts of a place that are members of what was sent."""
    place: list[str | int] = []
    for number, part in enumerate(loc):
        is_last = number == len(loc) - 1
        is_item = isinstance(value, list) and isinstance(part, int) and 0 <= part < len(value)
        if is_item or (isinstance(value, dict) and part in value):
            value = value[part]
            place.append(part)
        elif is_last and is_missing:
            place.append(part)
    return tuple(place)


def _inlined(schema: Any, definitions: dict[str, Any]) -> Any:
    if isinstance(schema, list):
        return [_inlined(part, definitions) for part in schema]
    if not isinstance(schema, dict):
        return schema
    named = definitions.get(str(schema.get("$ref", "")).removeprefix("#/$defs/"), {})
    own = {key: part for key, part in schema.items() if key != "$ref"}
    return {key: _inlined(part, definitions) for key, part in {**named, **own}.items()}
