from django.db import migrations

from mktnorge.frozen import FreezeRows


class Migration(migrations.Migration):
    dependencies = [("processing", "0010_notice_files")]

    operations = [FreezeRows("NoticeFile")]
