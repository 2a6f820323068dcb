from django.db import migrations

from mktnorge.frozen import freeze


class Migration(migrations.Migration):
    dependencies = [("rights", "0001_requests")]

    operations = [freeze("rights_requestevent")]
