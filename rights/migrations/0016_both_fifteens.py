"""Two people added the fifteenth migration at once; what they did does not touch."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("rights", "0015_lost_codes"),
        ("rights", "0015_which_activities_a_case_is_about"),
    ]

    operations = []
