from django.db import migrations

from mktnorge.frozen import FreezeRows


class Migration(migrations.Migration):
    dependencies = [("mktnorge", "0001_initial")]

    operations = [FreezeRows("ChainLink"), FreezeRows("Viewing")]
