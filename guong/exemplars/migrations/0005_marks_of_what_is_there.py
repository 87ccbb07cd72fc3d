from django.db import migrations

from guong.exemplars.matching import deeds, names


def mark(apps, schema_editor):
    Exemplar, NameMark = apps.get_model("exemplars", "Exemplar"), apps.get_model("exemplars", "NameMark")
    Claim, DeedMark = apps.get_model("exemplars", "Claim"), apps.get_model("exemplars", "DeedMark")
    for row in Exemplar.objects.order_by("pk").iterator(chunk_size=2000):
        keys = names.stored_keys(row.full_name, *names.split(row.other_names))
        NameMark.objects.bulk_create(NameMark(exemplar=row, key=key) for key in sorted(keys))
    for row in Claim.objects.filter(replaced_by=None).order_by("pk").iterator(chunk_size=2000):
        DeedMark.objects.bulk_create(DeedMark(claim=row, mark=one) for one in deeds.marks(row.statement))


class Migration(migrations.Migration):
    """Records from before are found too. `guong matching rebuild` does the same, and renamed units."""

    dependencies = [("exemplars", "0004_matching")]

    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
