from django.db import migrations

from mktnorge.frozen import FreezeRows


class Migration(migrations.Migration):
    dependencies = [("processing", "0002_notice_versions")]

    operations = [FreezeRows("NoticeVersion")]
