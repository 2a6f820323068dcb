from django.db import migrations

from mktnorge.frozen import FreezeRows


class Migration(migrations.Migration):

    dependencies = [
        ('mktnorge', '0005_chain_links'),
    ]

    operations = [FreezeRows('ChainLink')]
