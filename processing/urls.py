from django.urls import path

from processing import views

app_name = "processing"

urlpatterns = [
    path("", views.notice, name="home"),
    path("personvern/", views.notice, name="notice"),
    path("personvern/versjon/<int:number>/", views.notice_version, name="notice_version"),
    path("personvern/erklaering.json", views.notice_json, name="notice_json"),
]
