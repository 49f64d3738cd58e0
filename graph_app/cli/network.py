"""``intgraph network``: who is tied to whom, measured, as a table or a file for other programs."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from graph_app.cli.console import err, fail, out, plain, told, working
from graph_app.cli.output import binary_output, refuse_output
from graph_app.cli.questions import Language

if TYPE_CHECKING:
    from graph_app.network.asking import Ask
    from graph_app.network.exports.tables import Cell
    from graph_app.network.measures import Measures
    from graph_app.network.network import Network
    from graph_app.network.pictures import Picture

__all__ = ["command"]

#: Rows of a table on a terminal; files hold all.
_SHOWN = 30

Many = list[str] | None


def _many(name: str, what: str) -> object:
    return typer.Option(name, metavar="NAME", help=f"{what}; repeat it for more.")


def command(
    *,
    projection: Annotated[str, typer.Option("--projection", help="What is tied; --list names them.")] = "organisations",
    measure: Annotated[
        list[str] | None, typer.Option("--measure", "-m", help="What to measure; --list names it.")
    ] = None,
    weight: Annotated[str, typer.Option("--weight", help="Weight of ties: count, newman or money.")] = "count",
    by: Annotated[str, typer.Option("--by", help="Groups to compare: type, seat, class or community.")] = "type",
    start: Annotated[str, typer.Option("--start", help="Year, month or day; what ended before does not count.")] = "",
    end: Annotated[str, typer.Option("--end", help="Year, month or day; what began after does not count.")] = "",
    as_of: Annotated[str, typer.Option("--as-of", help="Year, month or day at which a project runs.")] = "",
    country: Annotated[Many, _many("--country", "Country")] = None,
    place: Annotated[
        str, typer.Option("--place", help="Which country counts: of activity or of the seat.")
    ] = "activity",
    donor: Annotated[Many, _many("--donor", "Who pays")] = None,
    programme: Annotated[Many, _many("--programme", "Programme or fund, with its calls")] = None,
    target_group: Annotated[Many, _many("--target-group", "Target group, with the narrower ones")] = None,
    theme: Annotated[Many, _many("--theme", "Theme, with the narrower ones")] = None,
    role: Annotated[Many, _many("--role", "Role that counts")] = None,
    exclude_roles: Annotated[
        Many, typer.Option("--exclude-roles", metavar="NAME", help="Role that does not count; none for no such role.")
    ] = None,
    dataset: Annotated[Many, _many("--dataset", "Dataset that tells of the project")] = None,
    organisation_type: Annotated[Many, _many("--organisation-type", "Type of organisation")] = None,
    organisation: Annotated[Many, _many("--organisation", "Organisation that takes part")] = None,
    project: Annotated[Many, _many("--project", "Project or partnership")] = None,
    minimum: Annotated[float, typer.Option("--minimum", min=0, help="Least weight of a tie.")] = 0,
    currency: Annotated[str, typer.Option("--currency", help="Currency of money; else the most frequent one.")] = "",
    language: Annotated[Language, typer.Option("--language", help="Language of names.")] = Language.EN,
    export: Annotated[
        Path | None,
        typer.Option(
            "--export", "-o", metavar="FILE", help="File to write; its ending, one that --list names, says what."
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it exists.")] = False,
    listed: Annotated[bool, typer.Option("--list", help="List projections, measures and files, and end.")] = False,
    query: Annotated[bool, typer.Option("--query", help="Write the SPARQL query behind the network, and end.")] = False,
) -> None:
    """Make a network of the current release, measure it, and show or export it.

    Filters take names, keys or IRIs, as questions do. The table shows nodes, the first measure highest first.
    """
    given = {name: value for name, value in locals().items() if name in _FILTERS}
    with told():
        from graph_app.network.asking import asking
        from graph_app.network.filters import FilterError, Filters
        from graph_app.network.measures import UnknownMeasure, check_names
        from graph_app.network.measures import measure as measured
        from graph_app.network.projections import PROJECTIONS
        from graph_app.network.projections import project as projected
        from graph_app.questions.engine import Engine
        from graph_app.releases.release import current_release
        from graph_app.settings import load_settings

        if listed:
            _list(language)
            return
        settings = load_settings()
        if projection not in PROJECTIONS:
            fail(f"There is no projection {projection}. There are {', '.join(PROJECTIONS)}.")
        refuse_output(export, (), force=force)
        writer = _writer(export, language) if export else None
        try:
            check_names(measure or ())
            filters = Filters.from_query(_texts(given), settings.base)
            if query:
                out().print(plain(PROJECTIONS[projection].query(filters, settings.base)), soft_wrap=True)
                return
            with working() as say, Engine(current_release(settings), settings) as engine:
                say("Reading the network")
                network = projected(PROJECTIONS[projection], filters, asking(engine), language)
                say("Measuring it")
                measures = measured(network, measure or _USUAL, by=by)
                content = writer(network, measures, asking(engine)) if writer else b""
        except (FilterError, UnknownMeasure) as error:
            fail(str(error))
        if export and writer:
            with binary_output(export) as stream:
                stream.write(content)
        else:
            _show(network, measures, measure or _USUAL)
        _tell(network, measures, language)


_USUAL = ["degree", "strength", "betweenness", "density", "components"]
_FILTERS = frozenset(
    {
        "start",
        "end",
        "as_of",
        "country",
        "place",
        "donor",
        "programme",
        "target_group",
        "theme",
        "role",
        "exclude_roles",
    }
    | {"dataset", "organisation_type", "organisation", "project", "minimum", "weight", "currency"}
)


def _texts(given: Mapping[str, object]) -> dict[str, list[str]]:
    return {
        name.replace("_", "-"): [str(text) for text in (value if isinstance(value, list) else [value])]
        for name, value in given.items()
        if value not in (None, "")
    }


#: Makes a file of a network, what was measured of it, and what else the graph is asked for.
_Writer = Callable[["Network", "Measures", "Ask"], bytes]


def _writers(language: str = "en") -> Mapping[str, _Writer]:
    from graph_app.network.exports import SavedView, csv_table, gexf, graphml, node_table, tie_table
    from graph_app.network.pictures import as_png, as_svg

    return {
        ".graphml": lambda network, found, _: graphml(network, found),
        ".gexf": lambda network, found, _: gexf(network, found),
        ".csv": lambda network, found, _: csv_table(node_table(network, found)).encode(),
        ".ties.csv": lambda network, found, _: csv_table(tie_table(network, found)).encode(),
        ".json": lambda network, *_: SavedView(network.projection, network.filters, network.release).to_json().encode(),
        ".svg": lambda network, *_: as_svg(_picture(network, language)),
        ".png": lambda network, *_: as_png(as_svg(_picture(network, language))),
        ".html": lambda network, _, ask: _page(network, ask, language),
    }


def _page(network: "Network", ask: "Ask", language: str) -> bytes:
    from graph_app.network.drawing import DRAWN_UP_TO
    from graph_app.network.pictures import as_page
    from graph_app.network.projections.attributes import names

    if len(network) > DRAWN_UP_TO:
        fail(f"A page holds at most {DRAWN_UP_TO:,} nodes, not {len(network):,}: filter first, or write SVG.")
    titles = names(network.contexts, ask, language)
    return as_page(_picture(network, language), titles, language=language).encode()


def _picture(network: "Network", language: str) -> "Picture":
    from datetime import UTC, datetime

    from graph_app.network.layout import kept_positions
    from graph_app.network.pictures import described
    from graph_app.settings import load_settings

    places = kept_positions(network, load_settings().home)
    return described(network, places, datetime.now(UTC).date(), language=language)


def _writer(path: Path, language: str) -> _Writer:
    writers = _writers(language)
    for ending in sorted(writers, key=len, reverse=True):
        if path.name.lower().endswith(ending):
            return writers[ending]
    return fail(f"{path.name} ends in nothing that a network is written as. There are {', '.join(writers)}.")


def _list(language: str) -> None:
    from graph_app.network.measures import definitions
    from graph_app.network.projections import PROJECTIONS

    lines = ["Projections:", *(f"  {name}: {one.title[language]}" for name, one in PROJECTIONS.items()), "Measures:"]
    lines += [f"  {name}: {one.says[language]} {one.source}".rstrip() for name, one in definitions().items()]
    files = {
        ".graphml": "for NetworkX, Gephi, Cytoscape",
        ".gexf": "for Gephi",
        ".csv": "nodes with what was measured",
        ".ties.csv": "ties",
        ".json": "a saved view, which the page of partnerships opens",
        ".svg": "a picture with legend and caption, for drawing programs",
        ".png": "the same picture, for texts and slides",
        ".html": "a page that opens anywhere without a network, with the projects behind each tie",
    }
    lines += ["Files:", *(f"  {ending}: {files[ending]}" for ending in _writers())]
    out().print(plain("\n".join(lines)), soft_wrap=True)


def _show(network: "Network", measures: "Measures", wanted: list[str]) -> None:
    import numpy as np
    from rich.table import Table

    from graph_app.network.exports import node_table

    heads, rows = node_table(network, measures)
    shown = [name for name in heads if name in ("label", "type", "seat") or name in measures.nodes]
    first = next((name for name in wanted if name in measures.nodes), "")
    order = np.argsort(-np.nan_to_num(measures.nodes[first], nan=-np.inf), kind="stable") if first else range(len(rows))
    table = Table(*shown)
    for place in list(order)[:_SHOWN]:
        row = dict(zip(heads, rows[place], strict=True))
        table.add_row(*(plain(_written(row[name])) for name in shown))
    out().print(table)
    if len(rows) > _SHOWN:
        err().print(plain(f"The first {_SHOWN} of {len(rows):,} nodes; --export writes all."), style="dim")


def _written(value: "Cell") -> str:
    if value is None:
        return "–"
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def _tell(network: "Network", measures: "Measures", language: str) -> None:
    from graph_app.network.measures import definitions

    err().print(plain(f"{len(network):,} nodes, {len(network.source):,} ties. {network.coverage.text(language)}"))
    for name, value in measures.figures.items():
        err().print(plain(f"{definitions()[name].title[language]}: {value:.4g}"))
    for name in (name for name, how in measures.how.items() if not how.exact):
        err().print(
            plain(f"{definitions()[name].title[language]}: {measures.how[name].text(language)}."), style="yellow"
        )
