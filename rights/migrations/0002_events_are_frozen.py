from django.db import migrations

from mktnorge.frozen import FreezeRows


class Migration(migrations.Migration):
    dependencies = [("rights", "0001_requests")]

    operations = [FreezeRows("RequestEvent")]
