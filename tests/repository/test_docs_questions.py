"""docs/questions.md answers every question of the three authorities, and names only fields that exist."""

import json
import re

from processing import models
from processing.law.checks import RULES
from tests.repository.tree import ROOT, text

PAGE = text(ROOT / "docs" / "questions.md")
ROW = re.compile(r"^\| (\w+_\d+_\d+) \| (.+?) \| (required)? ?\| (.+) \|$", re.MULTILINE)
SETS = json.loads(text(ROOT / "tests" / "data" / "ropa_questions_ico_dpc_cnil.json"))
QUESTIONS = {
    question["question_key"]: question
    for its in SETS.values()
    for group in its["groups"]
    for question in group["questions"]
}
FIELD = re.compile(r"`([A-Z]\w+)(?:\.(\w+))?`")
CODE = re.compile(r"`(\d[\w-]+[a-z]|activity-missing-[\w-]+)`")


def test_every_question_has_one_row_in_order() -> None:
    asked = [key for key, *_ in ROW.findall(PAGE)]
    assert asked == list(QUESTIONS)
    assert len(asked) == 42 + 41 + 38


def test_required_is_as_the_set_says() -> None:
    assert {key for key, _asked, required, _answer in ROW.findall(PAGE) if required} == {
        key for key, question in QUESTIONS.items() if question["required"]
    }


def test_every_answer_names_a_field_or_says_why_none() -> None:
    bare = [
        key
        for key, _asked, _required, answer in ROW.findall(PAGE)
        if "`" not in answer and not re.match(r"No|Every|Derived|None|The", answer)
    ]
    assert bare == []


def test_fields_and_rules_that_are_named_exist() -> None:
    for model, field in FIELD.findall(PAGE):
        found = getattr(models, model)
        assert not field or field in {column.name for column in found._meta.get_fields()}, (model, field)
    assert set(CODE.findall(PAGE)) <= {rule.code for rule in RULES}
