"""Holds generators of types and validators against the same schemas and instances.

Instances are made by `isomorph sample` (and those that stand beside a schema are taken too); whether one is valid an independent
validator says, PyPI's `jsonschema`, with formats as annotations. What the two do not agree on is not used. A tool that is
not here is skipped, and said to be.
"""

import argparse
import json
import os
import pathlib
import re
import resource
import shutil
import subprocess
import sys

REPOSITORY = pathlib.Path(__file__).resolve().parent.parent
BUILD = {**os.environ, "CARGO_PROFILE_DEV_DEBUG": "0", "CARGO_INCREMENTAL": "0", "CARGO_TERM_COLOR": "never"}

READER = """
fn main() {
    if std::env::args().count() > 1 {
        %(schema)s
        return;
    }
    for line in std::io::stdin().lines() {
        let line = line.unwrap();
        println!("{}", u8::from(serde_json::from_str::<m::%(root)s>(&line).is_ok()));
    }
}
"""

PYDANTIC = """
import json, sys
sys.path.insert(0, sys.argv[1])
import m
if sys.argv[2] == "schema":
    print(json.dumps(m.Root.model_json_schema()))
else:
    for line in sys.stdin:
        try:
            m.Root.model_validate_json(line, strict=sys.argv[2] == "strict" or None)
            print(1)
        except ValueError:
            print(0)
"""


def run(command, seconds=120, **options):
    """What a command gives: its exit code, or None, and its output and what it took of the processor."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, **options)
        code, out = done.returncode, done.stdout if done.returncode == 0 else done.stdout + done.stderr
    except (subprocess.TimeoutExpired, UnicodeDecodeError) as error:
        code, out = None, str(error)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return code, out, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


class Judge:
    """The independent validator."""

    def __init__(self, schema):
        from jsonschema import Draft7Validator, Draft202012Validator
        from jsonschema.validators import validator_for

        # Some write it with `https`.
        is_7 = "draft-07" in schema.get("$schema", "")
        kind = Draft7Validator if is_7 else validator_for(schema, Draft202012Validator)
        self.validator = kind(schema)

    def says(self, instance):
        """Whether an instance is valid; none if that cannot be told."""
        try:
            return self.validator.is_valid(instance)
        except Exception:  # a pattern that is none in Python
            return None


def instances(tool, schema, beside, count):
    """Lists of lines that are valid and that are not, by both."""
    judge = Judge(json.loads(schema.read_text()))
    made = {}
    for wanted, more in ((True, []), (False, ["--invalid"])):
        command = [tool, "sample", str(schema), "-n", str(count), "--seed", "1", *more]
        # Where there are fewer, it ends with 1 and says so.
        lines = subprocess.run(command, capture_output=True, text=True, timeout=120).stdout.splitlines()
        made[wanted] = list(dict.fromkeys(line for line in lines if judge.says(json.loads(line)) is wanted))
    if beside.is_file():
        there = [line for line in beside.read_text().splitlines()[:count] if line.strip()]
        made[True] += [line for line in there if judge.says(json.loads(line))]
    return made[True], made[False]


def same(schema, other):
    """Whether two schemas are equal, but for what names them and where definitions stand."""

    def plain(value):
        if isinstance(value, dict):
            members = {("$defs" if key == "definitions" else key): plain(inner) for key, inner in value.items()}
            # The order of these says nothing.
            lists = {key: members[key] for key in ("enum", "required", "type") if isinstance(members.get(key), list)}
            return members | {key: sorted(value, key=json.dumps) for key, value in lists.items()}
        if isinstance(value, list):
            return [plain(inner) for inner in value]
        if isinstance(value, str):
            return value.replace("#/definitions/", "#/$defs/")
        return value

    def bare(schema):
        return {key: value for key, value in plain(schema).items() if key not in ("$schema", "$id", "title")}

    return bare(schema) == bare(other)


class Rust:
    """A generator of Rust: a crate of each schema, in a workspace, and a program that reads lines."""

    def __init__(self, work, name):
        self.folder = work / name
        self.members = []
        shutil.rmtree(self.folder, ignore_errors=True)

    def member(self, name, code, root, schema, dependencies):
        folder = self.folder / name
        (folder / "src").mkdir(parents=True)
        (folder / "src/m.rs").write_text(code)
        (folder / "src/main.rs").write_text(
            "#![allow(warnings)]\nmod m;\n" + READER % {"root": root, "schema": schema}
        )
        manifest = f'[package]\nname = "{self.folder.name}-{name}"\nversion = "0.1.0"\nedition = "2021"\n[dependencies]\n{dependencies}'
        (folder / "Cargo.toml").write_text(manifest)
        self.members.append(name)
        (self.folder / "Cargo.toml").write_text(
            "[workspace]\nresolver = \"2\"\nmembers = " + json.dumps(self.members) + "\n"
        )

    def build(self, name):
        """Builds a member, what it depends on before, and says what that took."""
        run(["cargo", "fetch"], 300, cwd=self.folder, env=BUILD)
        return run(["cargo", "build", "--quiet", "-p", f"{self.folder.name}-{name}"], 900, cwd=self.folder, env=BUILD)

    def program(self, name):
        target = pathlib.Path(BUILD.get("CARGO_TARGET_DIR", self.folder / "target"))
        return [str(target / "debug" / f"{self.folder.name}-{name}")]


class Isomorph(Rust):
    def __init__(self, work, tool):
        super().__init__(work, "isomorph")
        self.tool = tool

    def generate(self, name, schema):
        code, out, _ = run([self.tool, "report", "--schema", str(schema), "--format", "json"])
        if code != 0:
            return None, out
        rows = [row for row in json.loads(out)["definitions"] if row.get("only_for") is None]
        roots = [row["name"] for row in rows for at in [row["schema"], *row["also_for"]] if at.endswith("#")]
        code, text, _ = run([self.tool, "generate", "--schema", str(schema), "--out", "-"])
        if code != 0 or not roots:
            return None, text
        found = re.search(r"isomorph-runtime [0-9.]+(?: \(([^)]*)\))?", text)
        features = [one.strip() for one in (found.group(1) or "").split(",") if one.strip()]
        runtime = REPOSITORY / "crates/runtime"
        dependencies = (
            f"isomorph-runtime = {{ path = {json.dumps(str(runtime))}, default-features = false, features = {json.dumps(features)} }}\n"
            'serde = { version = "1", features = ["derive"] }\nserde_json = { version = "1", features = ["preserve_order"] }\n'
            'schemars = { version = "1", default-features = false, features = ["std", "derive"] }\n'
        )
        # The whole document, where there is more to it than its root.
        given = f"m::{roots[0]}::schema_document()"
        if "v1::document!" not in text:
            given = f"isomorph_runtime::schema_of::<m::{roots[0]}>()"
        schema = f'println!("{{}}", serde_json::to_string(&{given}).unwrap());'
        self.member(name, text, roots[0], schema, dependencies)
        return text, ""


class Typify(Rust):
    def __init__(self, work, tool):
        super().__init__(work, "typify")
        self.tool = tool

    def generate(self, name, schema):
        # A document without a title has no type of its own for typify; it gets one.
        document = json.loads(schema.read_text())
        document.setdefault("title", "Root")
        (self.folder / "schemas").mkdir(parents=True, exist_ok=True)
        titled = self.folder / "schemas" / schema.name
        titled.write_text(json.dumps(document))
        code, text, _ = run(
            [*self.tool, "--no-builder", "-d", "schemars::JsonSchema", "-o", "-", str(titled)]
        )
        if code != 0:
            return None, text
        pascal = "".join(word[:1].upper() + word[1:] for word in re.split(r"[^0-9A-Za-z]+", document["title"]))
        items = re.findall(r"^pub (?:struct|enum) (\w+)", text, re.M)
        root = next((item for item in items if item.lower() == pascal.lower()), None)
        if root is None:
            return None, f"no type {pascal}"
        dependencies = (
            'serde = { version = "1", features = ["derive"] }\nserde_json = "1"\nregress = "0.11"\n'
            'chrono = { version = "0.4", features = ["serde"] }\nuuid = { version = "1", features = ["serde"] }\n'
            'schemars = { version = "1", features = ["chrono04", "uuid1"] }\n'
        )
        schema = f'println!("{{}}", serde_json::to_string(&schemars::schema_for!(m::{root})).unwrap());'
        self.member(name, text, root, schema, dependencies)
        return text, ""


    def build(self, name):
        done = super().build(name)
        if done[0] == 0:
            return done
        # Without what was only added to see whether the schema comes back.
        source = self.folder / name / "src"
        plain = (source / "m.rs").read_text().replace("schemars::JsonSchema,", "").replace("schemars :: JsonSchema,", "")
        (source / "m.rs").write_text(plain)
        main = (source / "main.rs").read_text()
        (source / "main.rs").write_text(re.sub(r"println!\(.*schema_for.*", "", main))
        return super().build(name)


class Quicktype(Rust):
    def __init__(self, work, tool):
        super().__init__(work, "quicktype")
        self.tool = tool

    def generate(self, name, schema):
        command = [self.tool, "--src-lang", "schema", "--lang", "rust", "--top-level", "Root", "--visibility", "public"]
        code, text, _ = run([*command, str(schema)], 120)
        if code != 0:
            return None, text
        dependencies = 'serde = { version = "1", features = ["derive"] }\nserde_json = "1"\n'
        self.member(name, text, "Root", "", dependencies)
        return text, ""


class Pydantic:
    def __init__(self, work, tool, mode):
        self.folder, self.tool, self.mode = work / f"pydantic-{mode}", tool, mode

    def generate(self, name, schema):
        folder = self.folder / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        command = [self.tool, "--input", str(schema), "--input-file-type", "jsonschema", "--class-name", "Root"]
        command += ["--output-model-type", "pydantic_v2.BaseModel", "--output", str(folder / "m.py")]
        code, out, _ = run(command)
        return ((folder / "m.py").read_text(), "") if code == 0 else (None, out)

    def build(self, name):
        return run([sys.executable, "-c", "import sys; sys.path.insert(0, sys.argv[1]); import m; m.Root", str(self.folder / name)])

    def program(self, name):
        return [sys.executable, "-c", PYDANTIC, str(self.folder / name), self.mode]


def generated(tool, name, schema, valid, invalid):
    """What one generator makes of one schema."""
    text, message = tool.generate(name, schema)
    if text is None:
        return {"generates": False, "message": message[-300:]}
    said = {"generates": True, "lines": len(text.splitlines())}
    code, message, took = tool.build(name)
    said["compiles"] = code == 0
    if code != 0:
        return {**said, "message": message[-300:]}
    if isinstance(tool, Rust):
        # Again, with what it depends on built.
        (tool.folder / name / "src/main.rs").touch()
        _, _, took = run(["cargo", "build", "--quiet", "-p", f"{tool.folder.name}-{name}"], 900, cwd=tool.folder, env=BUILD)
    said["seconds"] = round(took, 2)
    lines = valid + invalid
    code, out, _ = run(tool.program(name), 120, input="".join(line + "\n" for line in lines))
    verdicts = out.split() if code == 0 else []
    if len(verdicts) != len(lines):
        return {**said, "message": out[-300:], "crashes": True}
    said["accepted"] = verdicts[: len(valid)].count("1")
    said["refused"] = verdicts[len(valid) :].count("0")
    if not isinstance(tool, Quicktype):
        command = [*tool.program(name)[:-1], "schema"] if isinstance(tool, Pydantic) else [*tool.program(name), "schema"]
        code, out, _ = run(command)
        said["comes_back"] = code == 0 and out.strip() != "" and same(json.loads(schema.read_text()), json.loads(out))
    return said


def validated(command, work, schema, valid, invalid):
    """What a validator says of instances, a file each."""
    file = work / "instance.json"
    counts = {"accepted": 0, "refused": 0}
    for lines, wanted, key in ((valid, 0, "accepted"), (invalid, 1, "refused")):
        for line in lines:
            file.write_text(line + "\n")
            code, _, _ = run([one.replace("SCHEMA", str(schema)).replace("FILE", str(file)) for one in command], 30)
            is_so = code == 0 if wanted == 0 else code not in (0, None)
            counts[key] += is_so
    return counts


def changes(tool, pairs):
    """What `isomorph diff` and jsoncompat say of old data under the new schema, and whether a witness of the one bears it out."""
    try:
        from jsoncompat import check_compat
    except ImportError:
        print("skipped: there is no jsoncompat")
        return
    counts = {}
    for pair in pairs:
        old, new = pair / "old.json", pair / "new.json"
        _, out, _ = run([tool, "diff", str(old), str(new), "--format", "json", "--no-api", "--time", "2"], 60)
        try:
            data = json.loads(out)["data"]["old_data"]
        except (ValueError, KeyError, TypeError):
            data = {"verdict": "none"}
        said = data["verdict"]
        if "witness" in data and data["witness"] is not None:
            judges = [Judge(json.loads(file.read_text())) for file in (old, new)]
            is_borne_out = [judge.says(data["witness"]) for judge in judges] == [True, False]
            said += ", its witness borne out" if is_borne_out else ", its witness not borne out"
        # It refuses each `$schema` but that of 2020-12, and references in what has an `$id`.
        named = ("$schema", "$id", "id")
        both = [json.loads(file.read_text()) for file in (old, new)]
        plain = [json.dumps({key: value for key, value in one.items() if key not in named}) for one in both]
        try:
            theirs = "compatible" if check_compat(*plain, "deserializer") else "incompatible"
        except BaseException as error:  # a panic of Rust is no Exception
            theirs = "refuses the schemas" if isinstance(error, Exception) else "crashes"
        counts[said, theirs] = counts.get((said, theirs), 0) + 1
    print(f"\n{len(pairs)} pairs of versions, old data under the new schema\n")
    print("| isomorph diff | jsoncompat | pairs |\n| --- | --- | --- |")
    for (said, theirs), count in sorted(counts.items()):
        print(f"| {said} | {theirs} | {count} |")


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("schemas", nargs="*", type=pathlib.Path)
    arguments.add_argument("--pairs", nargs="*", type=pathlib.Path, default=[])
    arguments.add_argument("--count", type=int, default=40)
    arguments.add_argument("--work", type=pathlib.Path, default=pathlib.Path("target/compare"))
    arguments.add_argument("--results", type=pathlib.Path)
    said = arguments.parse_args()
    work = said.work.resolve()
    work.mkdir(parents=True, exist_ok=True)
    tool = os.environ.get("ISOMORPH_TOOL") or shutil.which("isomorph")
    if not tool:
        sys.exit("there is no isomorph; say ISOMORPH_TOOL")
    if said.pairs:
        changes(tool, said.pairs)
    if not said.schemas:
        return
    here = lambda name: shutil.which(name) or print(f"skipped: there is no {name}") or None
    generators = {"isomorph": Isomorph(work, tool)}
    if found := here("cargo-typify"):
        generators["typify"] = Typify(work, [found, "typify"])
    if found := here("quicktype"):
        generators["quicktype"] = Quicktype(work, found)
    if found := here("datamodel-codegen"):
        generators["datamodel-code-generator"] = Pydantic(work, found, "lax")
        generators["the same, strict"] = Pydantic(work, found, "strict")
    validators = {"isomorph": [tool, "validate", "--schema", "SCHEMA", "FILE"]}
    if found := here("jsonschema"):
        validators["@sourcemeta/jsonschema"] = [found, "validate", "SCHEMA", "FILE"]
    if found := here("jsonvet"):
        validators["jsonvet"] = [found, "--no-config", "--schema", "SCHEMA", "FILE"]
    results = {}
    for schema in said.schemas:
        name = schema.parent.name if schema.stem == "schema" else schema.stem.removesuffix(".schema")
        copy = work / f"{name}.json"
        copy.write_text(schema.read_text())
        valid, invalid = instances(tool, copy, schema.parent / "instances.jsonl", said.count)
        entry = results[name] = {"valid": len(valid), "invalid": len(invalid), "generators": {}, "validators": {}}
        for title, generator in generators.items():
            entry["generators"][title] = generated(generator, name, copy, valid, invalid)
        for title, command in validators.items():
            entry["validators"][title] = validated(command, work, copy, valid, invalid)
        print(name, json.dumps(entry), flush=True)
    if said.results:
        said.results.write_text(json.dumps(results, indent=1))
    tell(results, generators, validators)


def tell(results, generators, validators):
    """The tables of the page."""
    count = len(results)
    sums = {key: sum(entry[key] for entry in results.values()) for key in ("valid", "invalid")}
    print(f"\n{count} schemas, {sums['valid']} valid and {sums['invalid']} invalid instances\n")
    print("| generator | generates | compiles | accepts all valid | refuses all invalid | both | schema comes back | lines | processor seconds |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    for title in generators:
        rows = [(entry, entry["generators"][title]) for entry in results.values()]
        of = lambda holds: sum(bool(holds(entry, row)) for entry, row in rows)
        all_valid = lambda entry, row: row.get("accepted") == entry["valid"]
        all_invalid = lambda entry, row: row.get("refused") == entry["invalid"]
        both = of(lambda entry, row: all_valid(entry, row) and all_invalid(entry, row))
        back = "–" if title == "quicktype" else of(lambda _, row: row.get("comes_back"))
        built = [row for _, row in rows if row.get("compiles")]
        print(
            f"| {title} | {of(lambda _, row: row['generates'])} | {len(built)} | {of(all_valid)} | {of(all_invalid)} | {both} | {back} |"
            f" {sum(row['lines'] for row in built)} | {sum(row['seconds'] for row in built):.0f} |"
        )
    print("\n| schema | valid, invalid | " + " | ".join(generators) + " |")
    print("| --- | --- |" + " --- |" * len(generators))
    for name, entry in results.items():
        cells = [cell(entry, entry["generators"][title]) for title in generators]
        print(f"| {name} | {entry['valid']}, {entry['invalid']} | " + " | ".join(cells) + " |")
    print("\n| validator | refuses of the valid | accepts of the invalid |")
    print("| --- | --- | --- |")
    for title in validators:
        wrong = lambda key, of: sum(entry[of] - entry["validators"][title][key] for entry in results.values())
        print(f"| {title} | {wrong('accepted', 'valid')} | {wrong('refused', 'invalid')} |")


def cell(entry, row):
    if not row["generates"]:
        return "does not generate"
    if not row["compiles"]:
        return "does not compile"
    if row.get("crashes"):
        return "crashes"
    refused, accepted = entry["valid"] - row["accepted"], entry["invalid"] - row["refused"]
    wrong = [f"refuses {refused} valid"] * bool(refused) + [f"accepts {accepted} invalid"] * bool(accepted)
    return ", ".join(wrong) or "exact"


main()
