from django.db import migrations

from mktnorge.frozen import FreezeRows


class Migration(migrations.Migration):
    dependencies = [("rights", "0018_breach_log")]

    operations = [FreezeRows("BreachEvent")]
