from django.db import migrations, models

from mktnorge.frozen import FreezeRows


class Migration(migrations.Migration):

    dependencies = [
        ('processing', '0016_reviews'),
    ]

    operations = [
        migrations.AddField(
            model_name='registerexport',
            name='json_version',
            # What is in the ledger already was made with version 2.
            field=models.PositiveSmallIntegerField(default=2, help_text='Innholdets SHA-256 er av registeret i denne versjonen.', verbose_name='versjon av JSON'),
            preserve_default=False,
        ),
        FreezeRows('RegisterExport'),
    ]
