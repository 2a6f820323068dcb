"""What may be done with a case, and what is to be done next. Pure: asked with a case's facts and a date.

Each rule stands here once, as a `check_can_…` that raises with a sentence. The services ask before they write, the
desk asks to know which buttons to show.
"""

from rights.desk.answers import (
    check_can_answer_copy,
    check_can_answer_part,
    check_can_close,
    check_can_decide,
    check_can_make_letter,
    check_can_show_letter,
    may_be_shown,
)
from rights.desk.complaints import (
    bodies_open_to,
    check_can_change,
    check_can_forward,
    check_can_receive_complaint,
    check_can_settle,
    check_can_uphold,
    check_complained_on,
)
from rights.desk.facts import CaseFacts, RightFacts
from rights.desk.next_steps import is_on_list, is_proved, next_step, possible_steps
from rights.desk.refused import NotOnThatDay, OutOfOrder, StepRefused, check_can, check_day
from rights.desk.rules import (
    check_can_ask_person,
    check_can_end,
    check_can_end_unread,
    check_can_extend_case,
    check_can_hold,
    check_can_lift_hold,
    check_can_note,
    check_can_reopen,
    check_same_request,
    refusal_warning,
    refusals_late_on,
)

__all__ = [
    "CaseFacts",
    "NotOnThatDay",
    "OutOfOrder",
    "RightFacts",
    "StepRefused",
    "bodies_open_to",
    "check_can",
    "check_can_answer_copy",
    "check_can_answer_part",
    "check_can_ask_person",
    "check_can_change",
    "check_can_close",
    "check_can_decide",
    "check_can_end",
    "check_can_end_unread",
    "check_can_extend_case",
    "check_can_forward",
    "check_can_hold",
    "check_can_lift_hold",
    "check_can_make_letter",
    "check_can_note",
    "check_can_receive_complaint",
    "check_can_reopen",
    "check_can_settle",
    "check_can_show_letter",
    "check_can_uphold",
    "check_complained_on",
    "check_day",
    "check_same_request",
    "is_on_list",
    "is_proved",
    "may_be_shown",
    "next_step",
    "possible_steps",
    "refusal_warning",
    "refusals_late_on",
]
