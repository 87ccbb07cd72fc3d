from django.db import migrations


class Migration(migrations.Migration):
    """Undone, the columns come back empty: the values stay locked in RestrictedValue."""

    dependencies = [("exemplars", "0007_values_locked_one_by_one")]

    operations = [
        migrations.RemoveField(model_name="identity", name=name)
        for name in ("birth_date", "ethnic_group", "legal_basis", "phone", "recorded_on", "source")
    ]
