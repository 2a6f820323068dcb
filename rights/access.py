"""What each role may do with the cases. The register's people have no business in them."""

from mktnorge.roles import Role

VIEW_CASES = (
    "rights.view_rightsrequest",
    "rights.view_requestedright",
    "rights.view_requestevent",
)

WORK_WITH_CASES = (*VIEW_CASES, "rights.change_rightsrequest", "rights.add_rightsrequest")

WORK_WITH_BREACHES = ("rights.view_breach", "rights.add_breach", "rights.change_breach")

SEE_FIGURES = ("rights.view_figures",)

SEE_LISTS = ("rights.view_caselistexport",)

NAME_CONTACTS = (
    "rights.view_dangercontact",
    "rights.add_dangercontact",
    "rights.delete_dangercontact",
)

GRANTS: dict[Role, tuple[str, ...]] = {
    Role.LEADER: (*WORK_WITH_CASES, *WORK_WITH_BREACHES, *SEE_FIGURES, *SEE_LISTS, *NAME_CONTACTS),
    Role.CASE_HANDLER: (*WORK_WITH_CASES, *WORK_WITH_BREACHES, *SEE_FIGURES),
    Role.REGISTRAR: (),
    # The auditor sees figures of cases, never a person.
    Role.AUDITOR: SEE_FIGURES,
}
