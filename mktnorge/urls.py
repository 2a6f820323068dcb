from django.contrib import admin
from django.urls import include, path

from mktnorge import views

handler400 = "mktnorge.views.bad_request"
handler500 = "mktnorge.views.server_error"

urlpatterns = [
    path("helse/live", views.live, name="live"),
    path("helse/klar", views.ready, name="ready"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("admin/", include("mktnorge.signin.urls")),  # before the admin's own way in, which leads here
    path("admin/", admin.site.urls),
    path("", include("rights.urls")),
    path("", include("processing.urls")),
]
