"""Structured logs: JSON lines with request ids, without any content."""

import logging
import sys

import orjson
import structlog


def _json(event: object, **_options: object) -> str:
    return orjson.dumps(event, default=str).decode()


def configure(log_format: str) -> None:
    renderer: structlog.typing.Processor = structlog.processors.JSONRenderer(serializer=_json)
    if log_format == "text":
        renderer = structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        # Asked for at each line: what stands for stderr may be another one by then.
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )
