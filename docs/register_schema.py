"""Write the JSON Schema of each edition to docs/schema/, from the records of the program.

.venv/bin/python docs/register_schema.py
"""

import json
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    from django.utils import translation

    from processing.exports.schema import register_schema
    from processing.law.editions import Edition
    from processing.services.table_words import table_words

    for edition in Edition:
        with translation.override("nb"):
            schema = register_schema(edition, words=table_words())
        file = ROOT / "docs" / "schema" / f"register-{edition.value}.schema.json"
        file.write_text(json.dumps(schema, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
