from django.db import migrations, models


class Migration(migrations.Migration):
    """Every issuer keeps its own book of numbers."""

    dependencies = [("recognition", "0002_initial")]

    operations = [
        migrations.RemoveConstraint(model_name="decision", name="decision_number_once"),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(
                condition=models.Q(("number_sign", ""), _negated=True),
                fields=("issuer", "number_sign", "signed_on"),
                name="decision_number_once",
            ),
        ),
    ]
