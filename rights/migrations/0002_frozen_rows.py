from django.db import migrations

from mktnorge.frozen import FreezeRows


class Migration(migrations.Migration):
    dependencies = [("rights", "0001_initial")]

    operations = [
        FreezeRows("ErasureProof"),
        FreezeRows("ErasedLine"),
        # The log of a case holds the names of staff and goes with the case. Only a frozen row lets it go.
        FreezeRows("RequestEvent", released=("rights_erasedline", "case_pk", "request_id")),
        FreezeRows("BreachEvent"),
        FreezeRows("CaseListExport"),
    ]
