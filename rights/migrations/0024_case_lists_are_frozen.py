from django.db import migrations

from mktnorge.frozen import FreezeRows


class Migration(migrations.Migration):

    dependencies = [
        ('rights', '0023_case_lists'),
    ]

    operations = [FreezeRows('CaseListExport')]
