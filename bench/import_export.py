"""The same rows by django-import-export: read, checked by its own widgets, kept in bulk; and
looked at as its admin does before anything is kept, which is what our staging is for.

Run by `bench.imports` as a process of its own, with the rows and the seed of the list; the package is
installed by hand, see there. It checks less than ours does: no guard, no duplicates, no repairs, no
words beyond its own.
"""

import io
import json
import sys
import time

import django

from .imports import HEADINGS, workbook
from .measuring import peak_mib


def main() -> None:
    django.setup()
    from django.db import connection, models
    from import_export import fields, resources, widgets
    from import_export.formats.base_formats import XLSX

    class ListedRow(models.Model):  # noqa: DJ008
        """A plain table with the columns of the list."""

        full_name = models.CharField(max_length=150)
        birth_year = models.PositiveSmallIntegerField(null=True)
        id_number = models.CharField(max_length=12, blank=True)
        phone = models.CharField(max_length=11, blank=True)
        residence = models.CharField(max_length=120, blank=True)
        occupation = models.CharField(max_length=120, blank=True)
        field = models.CharField(max_length=120, blank=True)
        statement = models.CharField(max_length=500)
        before = models.DecimalField(max_digits=16, decimal_places=2, null=True)
        after = models.DecimalField(max_digits=16, decimal_places=2, null=True)
        measure = models.CharField(max_length=40, blank=True)

        class Meta:
            app_label = "core"
            db_table = "bench_listed_row"

    kinds = {"birth_year": widgets.IntegerWidget(), "before": widgets.DecimalWidget()}
    kinds |= {"after": widgets.DecimalWidget()}
    names = [field.name for field in ListedRow._meta.fields if field.name != "id"]
    columns = {
        name: fields.Field(
            attribute=name, column_name=heading, widget=kinds.get(name, widgets.CharWidget())
        )
        for name, heading in zip(names, HEADINGS[1:], strict=True)
    }
    options = {
        "model": ListedRow,
        "fields": names,
        "import_id_fields": [],
        "use_bulk": True,
        "batch_size": 1000,
        "skip_diff": True,
        "skip_html_diff": True,
        "clean_model_instances": True,
    }
    resource = type(
        "Rows", (resources.ModelResource,), columns | {"Meta": type("Meta", (), options)}
    )
    with connection.schema_editor() as editor:
        editor.create_model(ListedRow)

    # Without `clean_model_instances` it would refuse no row at all.
    asked = ("model", "fields", "import_id_fields", "clean_model_instances")
    looked_at = {name: options[name] for name in asked}
    preview = type(
        "Seen", (resources.ModelResource,), columns | {"Meta": type("Meta", (), looked_at)}
    )

    rows, seed = map(int, sys.argv[1:])
    content = _without_title(workbook(rows, seed))
    wall, processor = time.perf_counter(), time.process_time()
    dataset = XLSX().create_dataset(content)
    result = resource().import_data(dataset, dry_run=False, raise_errors=False)
    seconds, burnt = time.perf_counter() - wall, time.process_time() - processor
    processor = time.process_time()  # as its admin does before anything is kept: a look at each row
    seen = preview().import_data(XLSX().create_dataset(content), dry_run=True, raise_errors=False)
    looked = time.process_time() - processor
    figures = {
        "rows": rows,
        "seconds": round(seconds, 3),
        "processor": round(burnt, 3),
        "processor_of_its_preview": round(looked, 3),
        "refused_in_its_preview": len(seen.invalid_rows),
        "kept": ListedRow._base_manager.count(),
        "refused": len(result.invalid_rows),
        "peak_mib": peak_mib(),
    }
    with connection.schema_editor() as editor:
        editor.delete_model(ListedRow)
    json.dump(figures, sys.stdout)


def _without_title(content: bytes) -> bytes:
    """It takes the first line for the headings: the title above them is cut off beforehand."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content))
    book.active.delete_rows(1)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


if __name__ == "__main__":
    main()
