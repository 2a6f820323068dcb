"""Admin of people and their roles."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from mktnorge.admin_site import ReadOnlyAdmin
from mktnorge.catalogue import catalogue_pages
from mktnorge.models import User, Viewing
from mktnorge.signin import sessions

admin.site.add_pages(catalogue_pages)


@admin.register(User)
class SiteUserAdmin(UserAdmin):
    list_display = ["email", "name", "role", "second_factor", "access_until", "is_active", "last_login"]
    actions = ["end_sessions"]
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

    def get_queryset(self, request):
        strong = Authenticator.objects.filter(user=OuterRef("pk")).exclude(type=Authenticator.Type.RECOVERY_CODES)
        return super().get_queryset(request).prefetch_related("groups").annotate(has_factor=Exists(strong))

    @admin.display(description=_("Rolle"))
    def role(self, person) -> str:
        return ", ".join(group.name for group in person.groups.all())

    @admin.display(description=_("Andre trinn"), boolean=True)
    def second_factor(self, person) -> bool:
        return person.has_factor

    def has_end_sessions_permission(self, request) -> bool:
        return request.user.has_perm("mktnorge.delete_staffsession")

    @admin.action(description=_("Avslutt alle økter"), permissions=["end_sessions"])
    def end_sessions(self, request, people) -> None:
        """For a machine that is lost: whoever holds it has to sign in again."""
        ended = sum(sessions.end_all(person, but=request.session.session_key) for person in people)
        said = ngettext("%(count)d økt er avsluttet.", "%(count)d økter er avsluttet.", ended)
        messages.success(request, said % {"count": ended})

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        """Four roles are read at a glance, and two lists with arrows are not."""
        if db_field.name == "groups":
            kwargs["widget"] = forms.CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)


@admin.register(Viewing)
class ViewingAdmin(ReadOnlyAdmin):
    """What auditors have looked at and taken with them, for the leader."""

    list_display = ["at", "by", "address", "file"]
    list_display_links = None
    list_filter = [("by", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["by"]
    search_fields = ["address", "file"]
    ordering = ["-at", "-pk"]


# A role is what the code says it is: it is given to a person above, and there is nothing to see or change here.
admin.site.unregister(Group)

# Addresses and second factors are each person's own: shown and changed on «Kontoen din», after showing who one is.
admin.site.unregister(EmailAddress)
admin.site.unregister(Authenticator)
