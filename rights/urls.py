from django.urls import path

from rights.law.answers import Step
from rights.views import following, journey, lost_codes

app_name = "rights"

urlpatterns = [
    path("personvern/krav/", journey.start, name="request"),
    *(
        path(f"personvern/krav/{step.value}/", journey.question, {"step": step}, name=step.name.lower())
        for step in Step
        if step is not Step.CHECK
    ),
    path(f"personvern/krav/{Step.CHECK.value}/", journey.check, name="check"),
    path("personvern/krav/avbryt/", journey.cancel, name="cancel"),
    path("personvern/krav/kvittering/", journey.receipt, name="receipt"),
    *(
        path(f"personvern/krav/kvittering.{kind}", journey.receipt_file, {"kind": kind}, name=f"receipt_{kind}")
        for kind in journey.FILE_TYPES
    ),
    path("personvern/forlat/", following.leave, name="leave"),
    path("sak/", following.case, name="case"),
    path("sak/ny-kode/", lost_codes.lost_code, name="lost_code"),
    path("sak/ny-kode/skriv/", lost_codes.one_time_code, name="one_time_code"),
    path("sak/min/", following.my_case, name="my_case"),
    path("sak/min/trekk/", following.withdraw, name="withdraw"),
    path("sak/min/legg-til/", following.add, name="add"),
    path("sak/min/svar/", following.reply, name="reply"),
    path("sak/min/brev/", following.letters, name="letters"),
    path("sak/min/brev-<int:number>.pdf", following.letter_file, name="letter_pdf"),
    path("sak/min/ring/", following.call_me, name="call_me"),
    path("sak/ut/", following.sign_out, name="sign_out"),
]
