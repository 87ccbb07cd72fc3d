from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dropbox", "0002_more_forms")]

    operations = [
        migrations.AlterField(
            model_name="submission",
            name="form",
            field=models.CharField(choices=[('gioi-thieu', 'Giới thiệu người tốt'), ('hoc-theo', 'Tôi muốn học theo'), ('rut-bai', 'Rút bài về tôi'), ('gop-y', 'Góp ý'), ('phan-anh', 'Phản ánh, khiếu nại'), ('binh-luan', 'Lời bình')], max_length=20, verbose_name='mẫu'),
        ),
    ]
