"""What each role may do with the cases. The register's people have no business in them."""

from mktnorge.roles import Role

VIEW_CASES = (
    "rights.view_rightsrequest",
    "rights.view_requestedright",
    "rights.view_requestevent",
)

NAME_CONTACTS = (
    "rights.view_dangercontact",
    "rights.add_dangercontact",
    "rights.delete_dangercontact",
)

GRANTS: dict[Role, tuple[str, ...]] = {
    Role.LEADER: (*VIEW_CASES, *NAME_CONTACTS),
    Role.CASE_HANDLER: VIEW_CASES,
    Role.REGISTRAR: (),
    # The auditor sees figures of cases, never a person.
    Role.AUDITOR: (),
}
