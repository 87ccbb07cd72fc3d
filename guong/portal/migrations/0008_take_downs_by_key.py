from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("portal", "0007_take_downs_moved")]

    operations = [migrations.RemoveField("takedown", "approval")]
