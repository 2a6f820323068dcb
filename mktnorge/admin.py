"""Admin of people and their roles."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

from mktnorge.catalogue import catalogue_pages
from mktnorge.models import User

admin.site.add_pages(catalogue_pages)


@admin.register(User)
class SiteUserAdmin(UserAdmin):
    list_display = ["email", "name", "access_until", "is_active", "last_login"]
    list_filter = ["groups", "is_active"]
    search_fields = ["email", "name"]
    ordering = ["email"]
    filter_horizontal = []
    # When somebody came and was last here is what happened, not what somebody writes.
    readonly_fields = ["last_login", "date_joined"]
    fieldsets = [
        (None, {"fields": ["email", "name", "password"]}),
        (_("Tilgang"), {"fields": ["is_active", "is_staff", "access_until", "groups"]}),
        (_("Datoer"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (None, {"classes": ["wide"], "fields": ["email", "name", "usable_password", "password1", "password2"]})
    ]

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        """Four roles are read at a glance, and two lists with arrows are not."""
        if db_field.name == "groups":
            kwargs["widget"] = forms.CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)


# A role is what the code says it is: it is given to a person above, and there is nothing to see or change here.
admin.site.unregister(Group)

# Addresses and second factors are each person's own: shown and changed on «Kontoen din», after showing who one is.
admin.site.unregister(EmailAddress)
admin.site.unregister(Authenticator)
