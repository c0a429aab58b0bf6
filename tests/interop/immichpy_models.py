"""immichpy's upload models, for tests/seed/interop.rs and tests/evolution/story.rs.

schemas     prints the JSON Schema of each model
write N     prints N results, one JSON text a line
compare N   reads N results, one JSON text a line, and compares them with those that it would write
judge       reads results, one JSON text a line, and prints for each a list of the places where it is wrong
"""

import json
import random
import sys

import importlib
import pkgutil


def find(name):
    """The model of that name, wherever the package keeps it."""
    import immichpy

    for module in pkgutil.walk_packages(immichpy.__path__, "immichpy."):
        try:
            found = getattr(importlib.import_module(module.name), name, None)
        except ImportError:
            continue
        if found is not None:
            return found
    sys.exit(f"immichpy has no {name}")


ROOTS = ["UploadResult", "UploadedEntry", "RejectedEntry", "FailedEntry", "UploadStats"]

TEXTS = ["", "a", "/photos/2024/IMG 0001.jpg", "ünïcødé/日本語.heic", "C:\\Users\\me\\x.png", "a\"b\\c\n\t", "\u0001", "😀" * 20,
         "../../etc/passwd", "~/x", "-", ".", "a" * 300]
COUNTS = [0, 1, 2, 99, 2**31, 2**53 + 1, 2**63 - 1, -1]


def results(number):
    """Results with odd paths, nulls, empty lists and large counts, the same at every call."""
    random.seed(20240601)
    text = lambda: random.choice(TEXTS)
    maybe = lambda value: random.choice([None, value])
    for _ in range(number):
        several = lambda make: [make() for _ in range(random.choice([0, 0, 1, 2, 5]))]
        yield {
            "uploaded": several(lambda: {
                "asset": {"id": text(), "status": random.choice(["created", "replaced", "duplicate"])},
                "filepath": text(),
            }),
            "rejected": several(lambda: {
                "filepath": text(),
                "asset_id": maybe(text()),
                "reason": maybe(random.choice(["duplicate", "unsupported_format"])),
            }),
            "failed": several(lambda: {"filepath": text(), "error": text()}),
            "stats": {name: random.choice(COUNTS) for name in ["total", "uploaded", "rejected", "failed"]},
        }


def wrong_places(model, text):
    """Where the text is wrong, as JSON Pointers; of several errors at one place, one."""
    from pydantic import ValidationError

    try:
        model.model_validate_json(text)
    except ValidationError as error:
        return {"".join(f"/{step}" for step in one["loc"]) for one in error.errors()}
    return set()


def main():
    command = sys.argv[1]
    if command == "schemas":
        json.dump({name: find(name).model_json_schema() for name in ROOTS}, sys.stdout)
        return
    model = find("UploadResult")
    if command == "judge":
        for line in sys.stdin:
            print(json.dumps(sorted(wrong_places(model, line))))
        return
    models = [model.model_validate(result) for result in results(int(sys.argv[2]))]
    if command == "write":
        for one in models:
            print(one.model_dump_json())
    elif command == "compare":
        back = [model.model_validate_json(line) for line in sys.stdin]
        for mine, other in zip(models, back, strict=True):
            if mine != other:
                sys.exit(f"{mine!r}\ncame back as\n{other!r}")
        print(f"{len(back)} results came back")
    else:
        sys.exit(__doc__)


main()
