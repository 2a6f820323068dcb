from django.urls import path

from rights.views import following, journey

app_name = "rights"

urlpatterns = [
    path("personvern/krav/", journey.request_form, name="request"),
    path("personvern/krav/kvittering/", journey.receipt, name="receipt"),
    path("personvern/forlat/", following.leave, name="leave"),
    path("sak/", following.case, name="case"),
    path("sak/min/", following.my_case, name="my_case"),
    path("sak/ut/", following.sign_out, name="sign_out"),
]
