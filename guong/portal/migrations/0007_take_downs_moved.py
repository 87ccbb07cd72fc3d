"""A story that was taken down is named by its key, and by the line that says why."""

from django.db import migrations


def move(apps, schema_editor):
    entries = apps.get_model("core", "JournalEntry").objects
    for row in apps.get_model("portal", "TakeDown").objects.select_related("approval"):
        target = f"publicity.storyapproval:{row.approval_id}"
        row.keys = [f"story:{row.approval_id}"]
        row.exemplar_id = row.approval.exemplar_id
        row.cause = entries.filter(verb="publicity.withdrawn", target=target).last()
        row.save(update_fields=["keys", "exemplar", "cause"])


def put_back(apps, schema_editor):
    rows = apps.get_model("portal", "TakeDown").objects
    for row in rows.all():
        kind, _, number = row.keys[0].partition(":")
        if kind == "story":
            row.approval_id = int(number)
            row.save(update_fields=["approval"])
    rows.filter(approval=None).delete()  # of kinds there were none of before


class Migration(migrations.Migration):
    dependencies = [("portal", "0006_take_downs_of_every_kind")]

    operations = [migrations.RunPython(move, put_back)]
