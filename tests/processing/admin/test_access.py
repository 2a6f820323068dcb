"""Who may do what with the register: the whole table, for every model that the admin shows."""

import pytest
from django.contrib import admin
from django.test import RequestFactory
from django.urls import NoReverseMatch, reverse

from mktnorge.access import declared_permissions
from mktnorge.roles import Role
from processing.models import Activity, Controller, Party
from tests.builders import make_person

ACTIONS = {"view": "v", "add": "a", "change": "c", "delete": "d"}
ALL, KEEP, LOOK = "vacd", "vac", "v"

# What leader, registrar, case handler and auditor may do. KEEP is everything but deleting.
ROLES = (Role.LEADER, Role.REGISTRAR, Role.CASE_HANDLER, Role.AUDITOR)
TABLE = {
    "Activity": (KEEP, KEEP, LOOK, LOOK),
    "Controller": (KEEP, KEEP, LOOK, LOOK),
    "Party": (ALL, ALL, LOOK, LOOK),
    "System": (ALL, ALL, LOOK, LOOK),
    "SubjectCategory": (ALL, ALL, LOOK, LOOK),
    "DataCategory": (ALL, ALL, LOOK, LOOK),
    "Measure": (ALL, ALL, LOOK, LOOK),
    "CollectionSituation": (ALL, ALL, LOOK, LOOK),
    "Statement": (ALL, ALL, LOOK, LOOK),
    "Transfer": (ALL, ALL, LOOK, LOOK),
    "TransferAssessment": (ALL, ALL, LOOK, LOOK),
    "Proposal": (ALL, ALL, LOOK, LOOK),
    "Remark": (ALL, ALL, LOOK, LOOK),
    "Translation": (ALL, ALL, LOOK, LOOK),
    # Frozen rows: publishing, exporting and confirming have pages of their own.
    "NoticeVersion": (LOOK, LOOK, LOOK, LOOK),
    "RegisterExport": (LOOK, LOOK, LOOK, LOOK),
    "Confirmation": (LOOK, LOOK, LOOK, LOOK),
}


def model_admins() -> dict[str, admin.ModelAdmin]:
    return {
        model.__name__: model_admin
        for model, model_admin in admin.site._registry.items()
        if model._meta.app_label == "processing"
    }


@pytest.mark.parametrize("role", ROLES, ids=[role.name for role in ROLES])
@pytest.mark.django_db
def test_each_role_may_do_what_the_table_says(role):
    request = RequestFactory().get("/")
    request.user = make_person(role)

    allowed = {
        name: "".join(
            letter for action, letter in ACTIONS.items() if getattr(model_admin, f"has_{action}_permission")(request)
        )
        for name, model_admin in model_admins().items()
    }

    assert allowed == {name: TABLE[name][ROLES.index(role)] for name in allowed}


def test_the_table_names_no_model_by_mistake():
    assert set(TABLE) - set(model_admins()) <= {"RegisterExport"}


def test_only_a_leader_publishes_and_a_case_handler_exports_nothing():
    assert [role for role in ROLES if "processing.add_noticeversion" in declared_permissions(role)] == [Role.LEADER]
    may_export = [role for role in ROLES if "processing.add_registerexport" in declared_permissions(role)]
    assert may_export == [Role.LEADER, Role.REGISTRAR, Role.AUDITOR]


@pytest.mark.django_db
def test_the_company_is_added_once(activity):
    request = RequestFactory().get("/")
    request.user = make_person(Role.LEADER)
    company = admin.site._registry[Controller]

    assert not company.has_add_permission(request)
    assert company.has_change_permission(request)


def test_rows_of_an_activity_have_no_pages_of_their_own():
    for name in ("purpose", "legalground", "activitydata", "retentionrule", "disclosure", "safeguard"):
        with pytest.raises(NoReverseMatch):
            reverse(f"admin:processing_{name}_delete", args=[1])


@pytest.mark.parametrize("role", ROLES, ids=[role.name for role in ROLES])
def test_nobody_deletes_an_activity_or_the_company(role, activity, sign_in):
    client = sign_in(role)

    for name in ("activity", "controller"):
        answer = client.post(
            reverse(f"admin:processing_{name}_delete", args=[1]), {"post": "yes", "change_reason": "x"}
        )
        assert answer.status_code == 403
    assert Activity.objects.exists()
    assert Controller.objects.exists()


@pytest.mark.parametrize("role", [Role.CASE_HANDLER, Role.AUDITOR])
def test_those_who_look_cannot_post(role, activity, sign_in):
    client = sign_in(role)
    page = reverse("admin:processing_activity_change", args=[activity.pk])

    assert client.post(page, {"name": "Noe annet", "change_reason": "x"}).status_code == 403
    assert client.post(reverse("admin:processing_party_add"), {"service": "x"}).status_code == 403
    party = Party.objects.first()
    assert client.post(reverse("admin:processing_party_delete", args=[party.pk]), {"post": "yes"}).status_code == 403
    activity.refresh_from_db()
    assert activity.name == "Pasientjournal"
