from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("discovery", "0008_lead_files_moved")]

    operations = [migrations.RemoveField(model_name="lead", name="file")]
