from django.db import migrations

from mktnorge.frozen import FreezeRows


class Migration(migrations.Migration):
    dependencies = [("processing", "0004_register_exports")]

    operations = [FreezeRows("RegisterExport")]
