"""By what a row of the register is found again when it is not the same in everything.

A file and the tables are compared so, and the register on two dates.
"""

from django.db import models

from processing.models import (
    ActivityData,
    BalancingTest,
    Collection,
    DataSource,
    Disclosure,
    ImpactAssessment,
    JointController,
    LegalGround,
    Proposal,
    Purpose,
    Remark,
    RetentionRule,
    Review,
    ReviewRoutine,
    Safeguard,
    ScreeningAnswer,
    SpecialGround,
    Statement,
    SystemUse,
    Tracker,
    Transfer,
    TransferAssessment,
    Translation,
)
from processing.services.loading import VOCABULARY

# By which columns a row of a list is found again when it is not the same in all of them: the first that fits. A row
# that is not found is a new one. No columns at all: what is left is taken in its order.
FOUND_BY: dict[type[models.Model], tuple[tuple[str, ...], ...]] = {
    **dict.fromkeys(VOCABULARY.values(), (("code",),)),
    JointController: (("name",),),
    ReviewRoutine: (("code",),),
    Purpose: (("description",), ()),
    LegalGround: (("basis", "purpose"), ("basis",)),
    SpecialGround: (("condition", "purpose"),),
    RetentionRule: (("covers",), ()),
    ActivityData: (("category", "subject"),),
    Disclosure: (("party",),),
    Transfer: (("party", "country"), ("party",)),
    TransferAssessment: (("party", "country"),),
    BalancingTest: (("purpose",),),
    ScreeningAnswer: (("criterion",),),
    ImpactAssessment: (("covers",),),
    Safeguard: (("measure",),),
    SystemUse: (("system",),),
    DataSource: (("kind", "description"),),
    Collection: (("situation",),),
    Tracker: (("name", "provider"), ("name",)),
    Statement: (("topic", "text"), ("topic",)),
    Remark: (("field", "gap"), ("field",)),
    Proposal: (("field", "gap"), ("field",)),
    # There is one that is not concluded.
    Review: (("opened_on",), ("concluded_on",)),
    Translation: (("language", "original"),),
}
