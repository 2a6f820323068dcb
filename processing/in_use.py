"""The activities in use, in outline: enough to say which rights they give, and to whom.

The public form asks this on every visit. The whole `Register` is a query a table, and says far more.
"""

from collections import defaultdict
from datetime import date

from django.db.models import Q

from processing.law.bases import LegalBasis, SpecialCategory
from processing.law.facts import ActivityStatus, Fact
from processing.law.records import (
    ActivityRecord,
    DataCategoryRecord,
    DataRecord,
    LegalGroundRecord,
    SubjectCategoryRecord,
)
from processing.law.regimes import LegalRegime
from processing.models import Activity, ActivityData, LegalGround


def activities_in_use(on: date) -> tuple[ActivityRecord, ...]:
    """Return the activities in use on `on`, an Oslo date, as the register says now. Three queries.

    Each has its names, regime, grounds and people, which is what `rights_for` asks about. The rest of the record is
    empty, and says nothing: for anything else, read a Register.
    """
    rows = list(
        Activity.objects.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=on),
            Q(valid_to__isnull=True) | Q(valid_to__gte=on),
            status=ActivityStatus.ACTIVE,
        ).values("id", "number", "code", "name", "public_name", "regime")
    )
    grounds = _grounds()
    people = _people()
    rows.sort(key=lambda row: (len(row["number"]), row["number"]))
    return tuple(
        ActivityRecord(
            number=row["number"],
            code=row["code"],
            name=row["name"],
            public_name=row["public_name"],
            regime=LegalRegime.of(row["regime"]),
            status=ActivityStatus.ACTIVE,
            legal_grounds=tuple(grounds[row["id"]]),
            data=tuple(people[row["id"]]),
        )
        for row in rows
    )


def _grounds() -> defaultdict[int, list[LegalGroundRecord]]:
    found: defaultdict[int, list[LegalGroundRecord]] = defaultdict(list)
    for row in LegalGround.objects.order_by("position", "pk").values("activity_id", "basis", "consent_withdrawal"):
        found[row["activity_id"]].append(
            LegalGroundRecord(basis=LegalBasis(row["basis"]), consent_withdrawal=row["consent_withdrawal"])
        )
    return found


def _people() -> defaultdict[int, list[DataRecord]]:
    found: defaultdict[int, list[DataRecord]] = defaultdict(list)
    rows = ActivityData.objects.select_related("category", "subject").order_by("position", "pk")
    for row in rows:
        found[row.activity_id].append(
            DataRecord(
                category=DataCategoryRecord(
                    code=row.category.code,
                    name=row.category.name,
                    special_category=SpecialCategory.of(row.category.special_category),
                ),
                subject=SubjectCategoryRecord(code=row.subject.code, name=row.subject.name),
                presence=Fact(row.presence),
            )
        )
    return found
