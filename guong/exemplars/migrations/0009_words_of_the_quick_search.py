"""Write the words of the quick search anew: now also how else a name is spelt."""

from django.db import migrations

from guong.exemplars.matching.names import search_key


def write(apps, schema_editor):
    rows = apps.get_model("exemplars", "Exemplar").objects.only("full_name", "other_names", "search_key")
    changed = []
    for row in rows.iterator(chunk_size=2000):
        key = search_key(row.full_name, row.other_names)
        if key != row.search_key:
            row.search_key = key
            changed.append(row)
        if len(changed) == 2000:
            rows.model.objects.bulk_update(changed, ["search_key"])
            changed = []
    rows.model.objects.bulk_update(changed, ["search_key"])


class Migration(migrations.Migration):
    dependencies = [("exemplars", "0008_identity_is_a_hash")]

    # Going back leaves the longer keys: they find all that the shorter ones found.
    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
