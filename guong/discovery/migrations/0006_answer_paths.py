"""Give the leads of citizens that are there already the address of their answer and a day for it."""

from django.db import migrations

from guong.core.calendar import add_working_days, day_of
from guong.dropbox.codes import answer_path


def fill(apps, schema_editor):
    Lead = apps.get_model("discovery", "Lead")
    for lead in Lead.objects.filter(source="citizen", answer_path="").iterator():
        lead.answer_path = answer_path(lead.code)
        lead.answer_due_on = add_working_days(day_of(lead.received_at), 15)
        lead.save(update_fields=["answer_path", "answer_due_on"])


class Migration(migrations.Migration):
    dependencies = [("discovery", "0005_answers"), ("core", "0001_initial")]

    # Going back leaves the values: the columns go with the migration before.
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
