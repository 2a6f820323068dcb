from django.urls import path

from rights import views

app_name = "rights"

urlpatterns = [
    path("personvern/krav/", views.request_form, name="request"),
    path("personvern/krav/kvittering/", views.receipt, name="receipt"),
    path("personvern/forlat/", views.leave, name="leave"),
    path("sak/", views.case, name="case"),
    path("sak/min/", views.my_case, name="my_case"),
    path("sak/ut/", views.sign_out, name="sign_out"),
]
