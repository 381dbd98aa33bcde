"""The operator's commands for basemaps; they need no database."""

from typing import Annotated

import typer

from app.cli_parts import AsJson, File, say
from app.core.settings import load
from app.place import basemaps

maps = typer.Typer(help="Basemaps that work offline.", no_args_is_help=True)


@maps.command("add")
def map_add(
    file: File,
    name: Annotated[str | None, typer.Option(help="What the app calls it.")] = None,
    attribution: Annotated[str | None, typer.Option(help="Whose data it is; shown on the map.")] = None,
    as_json: AsJson = False,
) -> None:
    """A basemap (.pmtiles, or GeoJSON lines and polygons) that phones fetch once and then have offline."""
    info = basemaps.add_map(load(), file, name, attribution)
    say(info.as_json(), as_json, lambda: f"{info.id}\t{info.name}")


@maps.command("list")
def map_list(as_json: AsJson = False) -> None:
    found = basemaps.list_maps(load())
    say([i.as_json() for i in found], as_json, lambda: "\n".join(f"{i.id}\t{i.name}\t{i.size}" for i in found))


@maps.command("remove")
def map_remove(map_id: str, as_json: AsJson = False) -> None:
    basemaps.remove_map(load(), map_id)
    say({"removed": True}, as_json, lambda: "Removed.")
