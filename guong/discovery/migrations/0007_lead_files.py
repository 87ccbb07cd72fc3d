"""A lead may come with several pictures and a voice note."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0004_lists_read_again_and_taken_back"),
        ("discovery", "0006_answer_paths"),
    ]

    operations = [
        migrations.AddField(
            model_name="lead",
            name="files",
            field=models.ManyToManyField(
                related_name="+", to="core.storedfile", verbose_name="ảnh, tiếng"
            ),
        ),
    ]
