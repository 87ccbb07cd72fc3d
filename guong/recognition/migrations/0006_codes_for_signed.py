"""Give the decisions that are signed already a code by which their papers can be checked."""

from django.db import migrations

from guong.core.codes import drawn


def fill(apps, schema_editor):
    Decision = apps.get_model("recognition", "Decision")
    for decision in Decision.objects.exclude(state="drafted").filter(check_code="").iterator():
        decision.check_code = drawn("QD")
        decision.save(update_fields=["check_code"])


class Migration(migrations.Migration):
    dependencies = [("recognition", "0005_check_codes")]

    # Going back leaves the values: the column goes with the migration before.
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
