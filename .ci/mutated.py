#!/usr/bin/env python3
"""Holds `isomorph validate` to PyPI's `jsonschema` over instances of others with one value or key changed.

Each instance of SchemaStore's part of the corpora is written as JSON, JSON with comments, JSON5, YAML and TOML, with the place of
every value and key noted while it is written. The verdict has to be that of `jsonschema`; each problem has to be at a value or key
that `jsonschema` complains of too, and to span exactly what was written for it.
"""

import argparse
import json
import math
import random
import re
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

import jsonschema
from jsonschema import validators

warnings.simplefilter("ignore")

KEYS = {"additionalProperties", "unevaluatedProperties", "propertyNames"}
MISSING = {"required", "dependentRequired", "dependencies"}
# What is judged as a whole, without a place of its own.
UNPLACED = {"limit", "schema"}


class Text:
    """A text, with the places of what stands in it: characters from its beginning."""

    def __init__(self):
        self.parts, self.length = [], 0
        self.values, self.keys, self.handles = {}, {}, {}

    def put(self, part):
        self.parts.append(part)
        self.length += len(part)

    def text(self):
        return "".join(self.parts)


def string(value):
    return json.dumps(value, ensure_ascii=False)


def scalar(value):
    return json.dumps(value, ensure_ascii=False)


def single_quoted(value):
    inner = string(value)[1:-1].replace('\\"', '"').replace("'", "\\'")
    return f"'{inner}'"


class Brackets:
    """JSON and what is like it: how keys and strings are written, what stands between, and what behind the last."""

    def __init__(self, ending, indent="  ", key=string, text=string, comments=False, trailing=False, colon=": "):
        self.ending, self.indent, self.key, self.string = ending, indent, key, text
        self.comments, self.trailing, self.colon = comments, trailing, colon

    def write(self, value):
        text = Text()
        if self.comments:
            text.put("// a comment, with ü in it\n")
        self.value(text, value, (), 0)
        text.put("\n")
        return text

    def line(self, text, depth):
        if self.indent is not None:
            text.put("\n" + self.indent * depth)

    def value(self, text, value, path, depth):
        start = text.length
        text.handles[path] = (start, start + 1)
        if isinstance(value, (dict, list)) and value:
            is_object = isinstance(value, dict)
            text.put("{" if is_object else "[")
            members = list(value.items()) if is_object else list(enumerate(value))
            for index, (key, inner) in enumerate(members):
                self.line(text, depth + 1)
                inside = (*path, key)
                if is_object:
                    self.put_key(text, key, inside)
                self.value(text, inner, inside, depth + 1)
                if index + 1 < len(members) or self.trailing:
                    text.put(",")
                if self.comments and index % 3 == 1:
                    text.put(" /* here */")
            self.line(text, depth)
            text.put("}" if is_object else "]")
        else:
            text.put(self.string(value) if isinstance(value, str) else scalar(value))
        text.values[path] = (start, text.length)

    def put_key(self, text, key, path):
        start = text.length
        text.put(self.key(key))
        text.keys[path] = (start, text.length)
        text.put(self.colon)


def identifier(key):
    return key if re.fullmatch(r"[A-Za-z_$][A-Za-z0-9_$]*", key) else single_quoted(key)


PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_./-]*( [A-Za-z][A-Za-z0-9_./-]*)*")
WORDS = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"}


def plain(value):
    """A text of YAML: without quotes where it stays the same text."""
    if PLAIN.fullmatch(value) and value.lower() not in WORDS:
        return value
    if "'" in value and "\\" not in string(value)[1:-1].replace('\\"', ""):
        return "'" + value.replace("'", "''") + "'"
    return string(value)


class Block:
    """YAML in blocks; sequences in mappings are indented or not."""

    ending = "yaml"

    def __init__(self, indents=True, comments=False):
        self.indents, self.comments = indents, comments

    def write(self, value):
        text = Text()
        if self.comments:
            text.put("# a comment, with ü in it\n")
        self.value(text, value, (), 0)
        if not text.text().endswith("\n"):
            text.put("\n")
        return text

    def value(self, text, value, path, depth):
        start = text.length
        if isinstance(value, dict) and value:
            for index, (key, inner) in enumerate(value.items()):
                if index:
                    text.put("\n" + "  " * depth)
                self.member(text, key, inner, (*path, key), depth)
            first = (*path, next(iter(value)))
            text.handles[path] = text.keys[first]
        elif isinstance(value, list) and value:
            for index, inner in enumerate(value):
                if index:
                    text.put("\n" + "  " * depth)
                text.put("- ")
                self.value(text, inner, (*path, index), depth + 1)
            text.handles[path] = (start, start + 1)
        else:
            text.put(plain(value) if isinstance(value, str) else scalar(value))
            text.handles[path] = (start, start + 1)
        text.values[path] = (start, text.end if isinstance(value, (dict, list)) and value else text.length)
        if not (isinstance(value, (dict, list)) and value):
            text.end = text.length
            if self.comments and len(path) % 3 == 1:
                text.put("  # here")

    def member(self, text, key, inner, path, depth):
        start = text.length
        text.put(plain(key))
        text.keys[path] = (start, text.length)
        text.put(":")
        if isinstance(inner, dict) and inner:
            text.put("\n" + "  " * (depth + 1))
            self.value(text, inner, path, depth + 1)
        elif isinstance(inner, list) and inner:
            deeper = depth + 1 if self.indents else depth
            text.put("\n" + "  " * deeper)
            self.value(text, inner, path, deeper)
        else:
            text.put(" ")
            self.value(text, inner, path, depth)


class Toml(Brackets):
    """TOML: members of the whole on lines of their own, all else in brackets."""

    def __init__(self):
        super().__init__("toml", indent=None, key=self.bare, text=string, colon=" = ")

    @staticmethod
    def bare(key):
        return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else string(key)

    def write(self, value):
        text = Text()
        for key, inner in value.items():
            self.put_key(text, key, (key,))
            self.value(text, inner, (key,), 0)
            text.put("\n")
        first = next(iter(value), None)
        text.handles[()] = text.keys[(first,)] if first is not None else (0, 0)
        text.values[()] = (0, text.length)
        return text


def writers(value):
    """The ways to write a value."""
    ways = [
        Brackets("json"),
        Brackets("json", indent=None, colon=":"),
        Brackets("json", indent="\t", colon=" : "),
        Brackets("jsonc", comments=True, trailing=True),
        Brackets("json5", key=identifier, text=single_quoted, trailing=True),
        Brackets("yaml", indent=None, colon=": "),
        Block(),
        Block(indents=False),
        Block(comments=True),
    ]
    if isinstance(value, dict) and value and is_toml(value):
        ways.append(Toml())
    return ways


def is_toml(value):
    if isinstance(value, dict):
        return all(map(is_toml, value.values()))
    if isinstance(value, list):
        return all(map(is_toml, value))
    if isinstance(value, int) and not isinstance(value, bool):
        return -(2**63) <= value < 2**63
    return value is not None and not (isinstance(value, float) and "." not in repr(value))


def is_plain(value):
    """Whether each format can say a value: no control characters, no huge numbers, no key `<<`."""
    if isinstance(value, dict):
        return all(is_plain(key) and key != "<<" and len(key) < 100 for key in value) and all(map(is_plain, value.values()))
    if isinstance(value, list):
        return all(map(is_plain, value))
    if isinstance(value, str):
        return all(c.isprintable() and c != "\ufeff" for c in value) and len(value) < 2000
    if isinstance(value, float):
        return math.isfinite(value)
    return True


def paths(value, path=()):
    yield path
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in inside:
        yield from paths(inner, (*path, key))


def at(value, path):
    for key in path:
        value = value[key]
    return value


def mistyped(dice, word):
    """A word with one edit."""
    where = dice.randrange(len(word) + 1)
    edit = dice.choice(["drop", "swap", "add", "case"])
    if edit == "drop" and len(word) > 1 and where < len(word):
        return word[:where] + word[where + 1 :]
    if edit == "swap" and where + 1 < len(word):
        return word[:where] + word[where + 1] + word[where] + word[where + 2 :]
    if edit == "case":
        return word.swapcase()
    return word[:where] + "x" + word[where:]


def other(dice, value):
    """Another value."""
    if isinstance(value, bool):
        return dice.choice([not value, str(value), 0])
    if isinstance(value, (int, float)):
        return dice.choice([value + 1, -value - 1, value + 0.5, str(value), value * 1000, None])
    if isinstance(value, str):
        return dice.choice([mistyped(dice, value), mistyped(dice, value), "", 7, [value], {"a": value}, None, True])
    if isinstance(value, list):
        again = value + value[:1]
        return dice.choice([again, value[1:], [], {}, "x", value[:-1] + [7]])
    if isinstance(value, dict):
        return dice.choice([[value], {}, "x", 7, {**value, "unheard-of": 1}])
    return dice.choice(["x", 0, False, []])


def changed(dice, value):
    """A copy of a value with one value or key changed."""
    copy = json.loads(json.dumps(value))
    path = dice.choice(list(paths(copy)))
    found = at(copy, path)
    if isinstance(found, dict) and found and dice.random() < 0.5:
        key = dice.choice(list(found))
        if dice.random() < 0.4:
            del found[key]
        else:
            renamed = mistyped(dice, key)
            members = [(renamed if known == key else known, inner) for known, inner in found.items()]
            found.clear()
            found.update(members)
        return copy
    new = other(dice, found)
    if not path:
        return new
    at(copy, path[:-1])[path[-1]] = new
    return copy


def complaints(errors):
    """The places that a validator complains of, also those of branches."""
    found = set()
    for error in errors:
        found.add(tuple(error.absolute_path))
        if error.context:
            found |= complaints(error.context)
    return found


def position(text, at):
    before = text[:at]
    line = before.count("\n") + 1
    return line, at - (before.rfind("\n") + 1) + 1


def pointed(value, pointer):
    """The path that a JSON Pointer says, be anything there or not."""
    path = []
    for part in pointer.split("/")[1:]:
        key = part.replace("~1", "/").replace("~0", "~")
        if isinstance(value, list) and key.isdecimal() and int(key) < len(value):
            key = int(key)
            value = value[key]
        else:
            value = value.get(key) if isinstance(value, dict) else None
        path.append(key)
    return tuple(path)


def spans(text, problem, path, value):
    """What a problem may span."""
    keyword = problem["keyword"]
    if keyword in KEYS and path in text.keys:
        return [text.keys[path]]
    # Of a property that must not be there, the key is what is wrong.
    if keyword == "not" and path in text.keys:
        return [text.keys[path], text.values[path]]
    if keyword in MISSING:
        return [text.keys.get(path, text.handles[path]), text.handles[path]]
    return [text.values[path]]


def fault_of(text, problem, value, complained):
    """What is wrong with a reported problem, if anything is."""
    if problem["keyword"] in UNPLACED:
        return None
    path = pointed(value, problem["instanceLocation"])
    if path not in text.values:
        return f"no value at {problem['instanceLocation']}"
    if path not in complained and path[:-1] not in complained:
        return f"jsonschema says nothing of {problem['instanceLocation']} ({problem['keyword']})"
    whole = text.text()
    found = (problem["line"], problem["column"], problem["endLine"], problem["endColumn"])
    wanted = [(*position(whole, start), *position(whole, end)) for start, end in spans(text, problem, path, value)]
    # Of the whole text of TOML and of empty containers there is nothing else to point at.
    if found not in wanted and not (not path and problem["column"] == 1):
        return f"{problem['keyword']} at {problem['instanceLocation']} spans {found} and not {wanted[0]}"
    return None


def validator_for(schema):
    """The independent validator, if it can judge by a schema; what only Python's patterns mean is nobody's to judge."""
    text = json.dumps(schema)
    if re.search(r'"\$(dynamic|recursive)Ref"|\\\\p\{|\\\\u|\(\?[^:=!<]|"format-assertion"|\\\\[AzZ]', text):
        return None
    kind = validators.validator_for(schema, default=jsonschema.Draft202012Validator)
    try:
        kind.check_schema(schema)
        list(kind(schema).iter_errors({}))
    except Exception:
        return None
    return kind(schema)


class Run:
    def __init__(self, tool, corpus, count, seed):
        self.tool, self.corpus, self.count, self.seed = tool, corpus, count, seed
        self.tried = self.invalid = self.problems = self.schemas = 0
        self.failures = []

    def all(self):
        folders = sorted(path.parent for path in self.corpus.glob("*/schema.json") if (path.parent / "instances.json").exists())
        random.Random(self.seed).shuffle(folders)
        # Some are not used: they refer elsewhere, or have no instance that fits.
        each = max(10, 5 * self.count // (4 * max(1, len(folders))))
        for folder in folders:
            if self.tried >= self.count:
                break
            self.schema(folder, min(each, self.count - self.tried))

    def schema(self, folder, count):
        dice = random.Random(f"{self.seed} {folder.name}")
        schema = json.loads((folder / "schema.json").read_text())
        if len(json.dumps(schema)) > 400_000 or not (judge := validator_for(schema)):
            return
        instances = [json.loads(one["text"]) for one in json.loads((folder / "instances.json").read_text()) if one.get("valid")]
        instances = [one for one in instances if is_plain(one) and len(json.dumps(one)) < 8_000]
        if not instances:
            return
        self.schemas += 1
        with tempfile.TemporaryDirectory() as place:
            made = {}
            for number in range(count):
                value = changed(dice, dice.choice(instances))
                if not is_plain(value):
                    continue
                writer = dice.choice(writers(value))
                name = f"{number:05}.{writer.ending}"
                made[name] = (value, writer.write(value))
                (Path(place) / name).write_text(made[name][1].text())
            self.hold(folder, Path(place), made, judge)

    def hold(self, folder, place, made, judge):
        command = [self.tool, "validate", "--format", "json", "--jobs", "1", "--max-errors", "100000"]
        command += ["--schema", str((folder / "schema.json").resolve()), *sorted(made)]
        done = subprocess.run(command, cwd=place, capture_output=True, text=True)
        try:
            report = json.loads(done.stdout)
        except ValueError:
            self.failures.append(f"{folder.name}: {done.stderr or done.stdout}")
            return
        by_file = {}
        for problem in report["problems"]:
            by_file.setdefault(problem["file"], []).append(problem)
        if not by_file.keys() <= made.keys():
            # It refers to what is elsewhere.
            self.schemas -= 1
            return
        for name, (value, text) in made.items():
            self.one(f"{folder.name}/{name}", value, text, by_file.get(name, []), judge)

    def one(self, name, value, text, problems, judge):
        try:
            errors = list(judge.iter_errors(value))
        except Exception:
            return
        self.tried += 1
        self.invalid += bool(errors)
        self.problems += len(problems)
        if bool(errors) != bool(problems):
            said = errors[0].message[:200] if errors else problems[0]["message"]
            verdict = "invalid" if errors else "valid"
            self.failures.append(f"{name}: {verdict} by jsonschema ({said})\n{text.text()[:600]}")
            return
        complained = complaints(errors)
        for problem in problems:
            if fault := fault_of(text, problem, value, complained):
                self.failures.append(f"{name}: {fault}: {problem['message']}\n{text.text()[:600]}")
                return


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--tool", required=True)
    arguments.add_argument("--corpus", type=Path, required=True)
    arguments.add_argument("--count", type=int, default=30_000)
    arguments.add_argument("--seed", default="13")
    arguments = arguments.parse_args()
    run = Run(str(Path(arguments.tool).resolve()), arguments.corpus, arguments.count, arguments.seed)
    run.all()
    for failure in run.failures[:20]:
        print(failure)
    print(
        f"{run.tried} mutated instances of {run.schemas} schemas, {run.invalid} of them invalid, with {run.problems} problems: "
        f"{len(run.failures)} differ"
    )
    sys.exit(bool(run.failures))


if __name__ == "__main__":
    main()
