"""Give every unit that is there the right it had so far: nothing stops on the day of the upgrade."""

from django.db import migrations

BASIS = "Có từ ngày cài đặt, chưa ghi văn bản"


def give(apps, schema_editor):
    Right = apps.get_model("units", "IntroducingRight")
    units = apps.get_model("units", "Unit").objects.filter(introducing_rights=None)
    Right.objects.bulk_create([Right(unit=unit, basis=BASIS) for unit in units])


class Migration(migrations.Migration):
    dependencies = [("units", "0002_introducing_rights")]

    # Going back drops the table, and the rows with it.
    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
