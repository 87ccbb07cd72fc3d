import csv
from pathlib import Path

from django.db import migrations

from guong.exemplars.identity import lock

PEOPLES = Path(__file__).parents[1] / "data" / "ethnic_groups.csv"


def seed(apps, schema_editor):
    EthnicGroup = apps.get_model("exemplars", "EthnicGroup")
    with PEOPLES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            EthnicGroup.objects.get_or_create(
                name=row["name"],
                defaults={
                    "aliases": [alias for alias in row["aliases"].split("|") if alias],
                    "codes": {"1979": row["code_1979"], "2008": row["code_2008"]},
                    "source": row["source"],
                },
            )


def separate(apps, schema_editor):
    Identity = apps.get_model("exemplars", "Identity")
    RestrictedValue = apps.get_model("exemplars", "RestrictedValue")
    for row in Identity.objects.order_by("pk").iterator(chunk_size=2000):
        said = {
            "birth_date": row.birth_date.isoformat() if row.birth_date else "",
            "phone": row.phone,
            "ethnic_group": row.ethnic_group,
        }
        RestrictedValue.objects.bulk_create(
            RestrictedValue(
                exemplar_id=row.exemplar_id,
                kind=kind,
                sealed=lock(value),
                legal_basis=row.legal_basis or "chưa ghi",
                source=row.source or "chưa ghi",
                recorded_on=row.recorded_on,
            )
            for kind, value in said.items()
            if value
        )


class Migration(migrations.Migration):
    """The peoples are there to choose from; what lay open in Identity is locked. The way back: 0007 first."""

    dependencies = [("exemplars", "0006_attributes")]

    operations = [
        migrations.RunPython(seed, migrations.RunPython.noop),
        migrations.RunPython(separate, migrations.RunPython.noop),
    ]
