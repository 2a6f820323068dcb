"""History is read through one door, and nothing is written past it.

A bulk write leaves no history row: the register would then say one thing and its history another. These tests read
the source; a write that hides behind a variable is caught by the tests of the services, which compare the two.
"""

import ast
from pathlib import Path

from tests.repository.tree import ROOT, modules, plant

DOOR = "processing/register.py"
HISTORY = {"history", "history_manager_name", "get_history_user"}
QUERYSET_METHODS = {
    "all",
    "alias",
    "annotate",
    "distinct",
    "exclude",
    "filter",
    "get_queryset",
    "order_by",
    "select_for_update",
    "select_related",
}
BULK = {"bulk_create", "bulk_update", "abulk_create", "abulk_update", "_raw_delete", "aupdate"}

# (file, function): why this one write may go past save(). Only rows without history, and each with its test.
ALLOWED: dict[tuple[str, str], str] = {
    ("mktnorge/outbox.py", "_settle"): "only while the claim is ours: tests/site/test_outbox.py, a late worker",
    ("mktnorge/signin/sessions.py", "forget_expired_sessions"): "as clearsessions does: tests/site/test_sweeps.py",
    ("mktnorge/signin/sessions.py", "seen"): "a session has no history (test_signing_in, idle)",
    ("mktnorge/signin/sessions.py", "moved"): "a session has no history (test_signing_in, a new password)",
    ("mktnorge/signin/sessions.py", "end"): "a session has no history (test_signing_in, ending)",
    ("mktnorge/signin/sessions.py", "end_this"): "a session has no history (test_signing_in, idle)",
    ("mktnorge/signin/invitations.py", "invite"): "an invitation has no history (test_invitations, a newer one)",
    ("mktnorge/signin/invitations.py", "accept_invitation"): "a factor has no history (test_invitations, starts anew)",
    ("mktnorge/signin/invitations.py", "forget_old_invitations"): "no history (test_invitations, forgotten)",
    ("mktnorge/signin/codes.py", "keep_app"): "a factor has no history (test_signing_in, a new phone)",
    ("mktnorge/signin/codes.py", "new_recovery_codes"): "a code has no history (test_signing_in, new codes)",
    ("mktnorge/throttling.py", "forget_old_buckets"): "counters of a day that is over: tests/site/test_throttling.py",
    ("processing/services/export_jobs.py", "_claimed"): "a job has no history (test_export_jobs, a lost worker)",
    ("processing/services/export_jobs.py", "tell"): "a job has no history (test_export_jobs)",
    ("processing/services/export_jobs.py", "remove_old_files"): "a file has no history (test_export_jobs, its day)",
    ("rights/services/intake.py", "_open_case"): "the rights and points of a case have no history (test_intake)",
    ("mktnorge/outbox.py", "forget_addresses"): "mail has no history (test_erasing, undelivered mails)",
    ("rights/services/erasing.py", "_erase_answers"): "a case has no history, that erasure would miss (test_erasing)",
    ("rights/services/erasing.py", "_erase_content"): "a case has no history, that erasure would miss (test_erasing)",
    ("rights/services/erasing.py", "_erase_lines"): "a case has no history, that erasure would miss (test_erasing)",
    ("rights/services/erasing.py", "_log"): "the log has no history (test_erasing)",
    ("rights/services/reminders.py", "send_reminders"): "what was sent has no history (test_reminders)",
    ("rights/services/answering.py", "drop_letters_not_delivered"): "a decision has no history (test_points_and_parts)",
    ("rights/services/answering.py", "_answer_letter"): "a decision has no history (test_points_and_parts)",
    ("rights/services/handling.py", "decide_right"): "a decision has no history (test_points_and_parts)",
    ("rights/services/lost_codes.py", "case_by_one_time_code"): "settles who was first: test_lost_codes, at once",
    ("rights/services/drafts.py", "discard_draft"): "a draft has no history (test_questions, cancelling)",
}


def history_readers(root: Path) -> list[str]:
    """Return where history is touched outside its door."""
    return [
        f"{module.path}:{node.lineno} {what}"
        for module in modules(root)
        if module.path != DOOR
        for node in ast.walk(module.tree)
        if (what := _reads_history(node))
    ]


def _reads_history(node: ast.AST) -> str | None:
    if isinstance(node, ast.Attribute) and (node.attr in HISTORY or node.attr.startswith("Historical")):
        # `models.HistoricalRecords(…)` declares history; it does not read it.
        return None if node.attr == "HistoricalRecords" else f".{node.attr}"
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith("Historical"):
        return repr(node.value)
    return None


def bulk_writes(root: Path) -> list[tuple[str, str, int]]:
    """Return file, function and line of each write of many rows at once."""
    return [
        (module.path, inside, node.lineno)
        for module in modules(root)
        for inside, node in module.functions()
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and _is_bulk(node, node.func)
    ]


def _is_bulk(call: ast.Call, function: ast.Attribute) -> bool:
    if function.attr in BULK:
        return True
    if function.attr == "update":
        # A dictionary, a set and a digest are updated by position, rows by keyword.
        return _is_queryset(function.value) or (bool(call.keywords) and not call.args)
    return function.attr in {"delete", "adelete"} and _is_queryset(function.value)


def _is_queryset(node: ast.AST) -> bool:
    if isinstance(node, ast.Attribute):
        return node.attr == "objects" or node.attr.endswith("_set")
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in QUERYSET_METHODS


def test_history_is_read_in_one_module():
    assert history_readers(ROOT) == []


def test_no_row_is_written_in_bulk():
    assert [write for write in bulk_writes(ROOT) if write[:2] not in ALLOWED] == []


def test_every_exception_is_still_needed():
    assert set(ALLOWED) <= {write[:2] for write in bulk_writes(ROOT)}


def test_planted_readers_of_history_are_caught(tmp_path):
    plant(tmp_path, "processing/services/reviews.py", "def last(a):\n    return a.history.first()")
    plant(
        tmp_path,
        "rights/views.py",
        "from django.apps import apps\nM = apps.get_model('processing', 'HistoricalActivity')",
    )
    plant(tmp_path, DOOR, "def read(model):\n    return model.history.model")
    plant(
        tmp_path, "processing/models/governed.py", "from simple_history import models\nh = models.HistoricalRecords()"
    )
    assert history_readers(tmp_path) == [
        "processing/services/reviews.py:2 .history",
        "rights/views.py:2 'HistoricalActivity'",
    ]


def test_planted_bulk_writes_are_caught(tmp_path):
    writes = [
        "Activity.objects.update(status=1)",
        "Activity.objects.filter(pk=1).update(**changes)",
        "chosen.update(status=1)",
        "activity.purposes.all().delete()",
        "activity.purpose_set.order_by('pk').delete()",
        "Activity.objects.bulk_create([])",
        "rows.bulk_update([], ['status'])",
        "Activity.objects.all()._raw_delete('default')",
    ]
    plant(
        tmp_path, "processing/services/a.py", "def write(chosen, rows):\n" + "".join(f"    {line}\n" for line in writes)
    )
    assert bulk_writes(tmp_path) == [
        ("processing/services/a.py", "write", number) for number in range(2, len(writes) + 2)
    ]


def test_writes_that_leave_history_pass(tmp_path):
    plant(
        tmp_path,
        "processing/services/a.py",
        "def write(activity, names, digest):\n    activity.save()\n    activity.delete()\n    names.update(['a'])\n"
        "    names.update({'a': 1})\n    digest.update(b'')\n",
    )
    assert bulk_writes(tmp_path) == []
