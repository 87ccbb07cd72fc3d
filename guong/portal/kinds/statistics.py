"""Open statistics: the accepted figures as a page, CSV and JSON, with what they mean."""

import csv
import io
import json

from guong.reporting.indicators import BY_CODE
from guong.reporting.models import PeriodicReport

from ..release.pages import Input, Page
from ..site import Site, digest, person

ROOT = "/so-lieu/"
HEADINGS = ("period", "unit_code", "unit", "indicator", "value")


def reports() -> list[PeriodicReport]:
    """Accepted reports, newest period first, the province before its units."""
    rows = PeriodicReport.objects.public().select_related("unit", "written_by", "accepted_by")
    in_order = sorted(rows, key=lambda report: report.unit.path)
    return sorted(in_order, key=lambda report: report.period_code, reverse=True)


def input_of(report: PeriodicReport) -> Input:
    """Who vouches for the figures of a report."""
    return Input(
        f"report:{report.pk}",
        digest([report.period_code, report.unit.code, report.figures]),
        (person(report.written_by), person(report.accepted_by)),
    )


def rows_of(found: list[PeriodicReport]) -> list[tuple]:
    """One line a figure: period, code and name of the unit, indicator, value."""
    return [
        (report.period_code, report.unit.code, str(report.unit), code, number)
        for report in found
        for code, number in sorted(report.figures.items())
    ]


def pages(site: Site):
    """The page for people, the two files for machines."""
    found = reports()
    inputs = tuple(input_of(report) for report in found)
    lines, indicators = rows_of(found), list(BY_CODE.values())
    province = [report for report in found if report.unit.is_root()]
    tables = [
        (
            report,
            [(one, report.figures[one.code]) for one in indicators if one.code in report.figures],
        )
        for report in province
    ]
    context = {"tables": tables, "indicators": indicators, "units": len(found) - len(province)}
    yield site.page(ROOT, "statistics.html", context, inputs)
    signed = (site.own, *inputs)
    yield Page(f"{ROOT}so-lieu.csv", _csv(lines), "text/csv; charset=utf-8", signed)
    yield Page(f"{ROOT}so-lieu.json", _json(lines, indicators), "application/json", signed)


def _csv(lines: list[tuple]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([HEADINGS, *lines])
    return out.getvalue().encode("utf-8-sig")  # Excel reads the letters right only with the mark


def _json(lines: list[tuple], indicators: list) -> bytes:
    dictionary = {
        one.code: {
            "name": one.name,
            "unit_of_count": one.unit_of_count,
            "definition": one.definition,
        }
        for one in indicators
    }
    rows = [dict(zip(HEADINGS, line, strict=True)) for line in lines]
    return json.dumps({"dictionary": dictionary, "rows": rows}, ensure_ascii=False).encode()
