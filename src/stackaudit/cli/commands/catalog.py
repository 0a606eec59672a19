"""`stackaudit catalog`: what is known of products on the market; offline."""

from __future__ import annotations

import json
import sys
from typing import Annotated, Any

import typer

from stackaudit.errors import Problem, UsageError, did_you_mean

HELP = """The catalog of products: what they are, what they connect to, what a name means."""

AsJson = Annotated[
    str, typer.Option("--format", "-f", metavar="FORMAT", help="What to print: text or json.")
]


def add_to(app: typer.Typer) -> None:
    """Add the command and its own commands to the application."""
    group = typer.Typer(help=HELP, no_args_is_help=True)
    group.command("search", epilog="Example: `stackaudit catalog search email`")(search)
    group.command("show", epilog="Example: `stackaudit catalog show klaviyo`")(show)
    group.command("match", epilog="Example: `stackaudit catalog match Pardot 'Google Adwords'`")(
        match
    )
    group.command("stats", epilog="Example: `stackaudit catalog stats`")(stats)
    group.command("capabilities", epilog="Example: `stackaudit catalog capabilities`")(capabilities)
    app.add_typer(group, name="catalog")


def search(
    words: Annotated[list[str], typer.Argument(metavar="WORDS", help="What to look for.")],
    format_: AsJson = "text",
) -> None:
    """Find products by name, vendor, domain or capability."""
    from stackaudit.catalog.catalog import catalog
    from stackaudit.catalog.views import found
    from stackaudit.outputs.terminal import report_products

    _print(found(catalog(), " ".join(words)), format_, report_products)


def show(
    product: Annotated[str, typer.Argument(metavar="PRODUCT", help="The id of a product.")],
    format_: AsJson = "text",
) -> None:
    """Show all that is known of a product, with the pages that say so."""
    from stackaudit.catalog.catalog import catalog
    from stackaudit.catalog.views import shown
    from stackaudit.outputs.terminal import report_product

    facts = shown(catalog(), product)
    if facts is None:
        meant = catalog().match(product)
        best = None if meant.by_vendor else meant.product
        hint = f"did you mean `{best.id}`?" if best else "see `stackaudit catalog search`"
        raise UsageError(Problem("unknown-product", f"there is no product `{product}`", None, hint))
    _print(facts, format_, report_product)


def match(
    names: Annotated[list[str], typer.Argument(metavar="NAME", help="Names as people write them.")],
    format_: AsJson = "text",
) -> None:
    """Say which product each name means, and whether that is certain."""
    from stackaudit.catalog.catalog import catalog
    from stackaudit.catalog.views import matched
    from stackaudit.outputs.terminal import report_matches

    _print(matched(catalog(), names), format_, report_matches)


def stats(format_: AsJson = "text") -> None:
    """Count what the catalog knows."""
    from stackaudit.catalog.catalog import catalog
    from stackaudit.outputs.terminal import report_stats

    _print(catalog().stats(), format_, report_stats)


def capabilities(format_: AsJson = "text") -> None:
    """List the capabilities that an inventory can name."""
    from stackaudit.catalog.taxonomy import taxonomy
    from stackaudit.outputs.terminal import make_console, report_capabilities

    if _is_json(format_):
        rows = [
            {
                "id": each.id,
                "name": each.name,
                "definition": each.definition,
                "aliases": list(each.aliases),
                "lane": each.lane,
                "does": list(each.does),
            }
            for each in taxonomy().values()
        ]
        _print(rows, format_, None)
    else:
        report_capabilities(taxonomy().values(), make_console(sys.stdout))


def _is_json(format_: str) -> bool:
    if format_ not in ("text", "json"):
        hint = did_you_mean(format_, ("text", "json"), "the formats are text and json")
        raise UsageError(Problem("unknown-format", f"there is no format `{format_}`", None, hint))
    return format_ == "json"


def _print(value: Any, format_: str, report: Any) -> None:
    from stackaudit.outputs.terminal import make_console

    if _is_json(format_):
        sys.stdout.write(json.dumps(value, indent=2, ensure_ascii=True) + "\n")
    else:
        report(value, make_console(sys.stdout))
