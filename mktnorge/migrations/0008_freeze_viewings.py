from django.db import migrations

from mktnorge.frozen import FreezeRows


class Migration(migrations.Migration):

    dependencies = [
        ('mktnorge', '0007_viewings'),
    ]

    operations = [FreezeRows('Viewing')]
