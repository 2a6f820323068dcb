from django.urls import path, register_converter
from django.urls.converters import StringConverter

from processing.views import complaint, files, history, notice, verifying

app_name = "processing"


class FileFormat(StringConverter):
    regex = "pdf|json|txt"


register_converter(FileFormat, "fileformat")

urlpatterns = [
    path("", notice.notice, name="home"),
    path("personvern/", notice.notice, name="notice"),
    path("personvern/hele/", notice.whole, name="whole"),
    path("personvern/endringer/", history.changes, name="changes"),
    path("personvern/paa-dato/", history.on_day, name="on_day"),
    path("personvern/erklaering.<fileformat:format>", files.file_in_force, name="notice_file"),
    path("personvern/versjon/<int:number>/", notice.notice_version, name="notice_version"),
    path("personvern/versjon/<int:number>/hele/", notice.whole_version, name="whole_version"),
    path("personvern/versjon/<int:number>/erklaering.<fileformat:format>", files.file_of_version, name="version_file"),
    path("verifiser/", verifying.verify, name="verify"),
    path("klage/", complaint.complaint, name="complaint"),
]
