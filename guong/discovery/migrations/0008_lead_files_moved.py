"""The one file of a lead is the first of its files."""

from django.db import migrations


def move(apps, schema_editor):
    for lead in apps.get_model("discovery", "Lead").objects.exclude(file=None):
        lead.files.add(lead.file_id)


def put_back(apps, schema_editor):
    for lead in apps.get_model("discovery", "Lead").objects.exclude(files=None).distinct():
        lead.file = lead.files.order_by("pk").first()
        lead.save(update_fields=["file"])


class Migration(migrations.Migration):
    dependencies = [("discovery", "0007_lead_files")]

    operations = [migrations.RunPython(move, put_back)]
