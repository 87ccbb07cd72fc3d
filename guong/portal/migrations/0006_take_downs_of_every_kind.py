from django.conf import settings
from django.db import migrations, models
from django.db.models import PROTECT, F, Q


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0004_lists_read_again_and_taken_back"),
        ("exemplars", "0008_identity_is_a_hash"),
        ("portal", "0005_guard_findings"),
    ]

    operations = [
        migrations.RemoveConstraint("takedown", "take_down_seen_by_another"),
        migrations.AddField(
            "takedown",
            "cause",
            models.OneToOneField(
                null=True, on_delete=PROTECT, related_name="+", to="core.journalentry"
            ),
        ),
        migrations.AddField(
            "takedown", "keys", models.JSONField(default=list, verbose_name="đã gỡ")
        ),
        migrations.AddField(
            "takedown",
            "exemplar",
            models.ForeignKey(
                null=True, on_delete=PROTECT, related_name="+", to="exemplars.exemplar"
            ),
        ),
        migrations.AddField(
            "takedown",
            "from_release",
            models.PositiveIntegerField(default=0, verbose_name="gỡ khỏi bản"),
        ),
        migrations.AddField(
            "takedown",
            "objection",
            models.TextField(blank=True, default="", verbose_name="vì sao không đồng ý"),
            preserve_default=False,
        ),
        migrations.AlterField(
            "takedown",
            "taken_by",
            models.ForeignKey(
                null=True, on_delete=PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AlterField(
            "takedown",
            "approval",
            models.ForeignKey(
                null=True,
                on_delete=PROTECT,
                related_name="take_downs",
                to="publicity.storyapproval",
            ),
        ),
        migrations.AddConstraint(
            "takedown",
            models.CheckConstraint(
                name="take_down_seen_by_another",
                condition=Q(seen_by=None) | Q(taken_by=None) | ~Q(seen_by=F("taken_by")),
            ),
        ),
        migrations.AddConstraint(
            "takedown",
            models.CheckConstraint(
                name="take_down_objected_by_somebody",
                condition=Q(objection="") | Q(seen_by__isnull=False),
            ),
        ),
    ]
