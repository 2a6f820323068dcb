from django.db import migrations

from mktnorge.frozen import FreezeRows


class Migration(migrations.Migration):
    dependencies = [("processing", "0001_initial")]

    operations = [
        FreezeRows("NoticeVersion"),
        FreezeRows("NoticeFile"),
        FreezeRows("RegisterExport"),
        FreezeRows("Confirmation"),
    ]
