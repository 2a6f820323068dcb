from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('processing', '0020_export_as_json_ld'),
        ('processing', '0020_exports_keep_their_figures'),
    ]

    operations = [
    ]
