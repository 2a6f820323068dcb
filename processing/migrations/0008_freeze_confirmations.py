from django.db import migrations

from mktnorge.frozen import FreezeRows


class Migration(migrations.Migration):
    dependencies = [("processing", "0007_confirmations")]

    operations = [FreezeRows("Confirmation")]
