"""What each role may do with the register. `processing.apps` hands it to the site when it starts.

Nobody deletes an activity or the company: an activity is retired, and what it said stays in history. Whoever may
change the register may remove the rows an activity consists of, and a word of the register that is not in use.
"""

from mktnorge.roles import Role

KEPT = ("activity", "controller")
PARTS_OF_KEPT = (
    "activitydata",
    "balancingtest",
    "collection",
    "datasource",
    "disclosure",
    "impactassessment",
    "jointcontroller",
    "legalground",
    "proposal",
    "purpose",
    "remark",
    "retentionrule",
    "reviewroutine",
    "safeguard",
    "screeninganswer",
    "specialground",
    "statement",
    "systemuse",
    "tracker",
    "transfer",
    "transferassessment",
    "translation",
)
WORDS = ("collectionsituation", "datacategory", "measure", "party", "subjectcategory", "system")

FROZEN = ("confirmation", "noticefile", "noticeversion", "registerexport")
"""Rows that are made by a service and never written again: adding one is publishing, or making an export."""


LOOKS = ("review",)
"""Rows that services open and conclude, and nobody removes."""


def _grants(actions: tuple[str, ...], models: tuple[str, ...]) -> frozenset[str]:
    return frozenset(f"processing.{action}_{model}" for action in actions for model in models)


READ = _grants(("view",), KEPT + PARTS_OF_KEPT + WORDS + FROZEN + LOOKS)
WRITE = READ | _grants(("add", "change"), KEPT) | _grants(("add", "change", "delete"), PARTS_OF_KEPT + WORDS)
EXPORT = _grants(("add",), ("registerexport",))
LOOK_OVER = _grants(("add",), ("confirmation",)) | _grants(("add", "change"), LOOKS)

GRANTS: dict[Role, frozenset[str]] = {
    Role.LEADER: WRITE | EXPORT | LOOK_OVER | _grants(("add",), ("noticeversion",)),
    Role.REGISTRAR: WRITE | EXPORT | LOOK_OVER,
    Role.CASE_HANDLER: READ,
    Role.AUDITOR: READ | EXPORT,
}
