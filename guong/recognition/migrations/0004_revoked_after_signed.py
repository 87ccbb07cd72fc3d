from django.db import migrations, models


class Migration(migrations.Migration):
    """Nothing is revoked before it was signed."""

    dependencies = [("recognition", "0003_number_per_issuer")]

    operations = [
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("revoked_on", None),
                    ("revoked_on__gte", models.F("signed_on")),
                    _connector="OR",
                ),
                name="decision_revoked_after_signed",
            ),
        ),
    ]
