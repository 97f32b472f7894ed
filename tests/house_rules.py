"""The rules of the house that no linter knows, each a function from a source to what is wrong with it."""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
CODE = ("web", "ledger", "grants")

# Deliberate exceptions, each with its reason.
ANYBODY_MAY = {
    "grants/write/actions.py:start_draft": "a draft is started before we know anybody",
}
LEAVES_NO_DEED = {
    "grants/write/actions.py:start_draft": "a draft is its writer's own",
    "grants/write/actions.py:save_draft": "saving a draft leaves no deed",
    "grants/review/actions.py:keep_judgement": "saving a draft leaves no deed",
    "grants/advise/actions.py:keep_advice": "saving a draft leaves no deed",
    "grants/enclose/actions.py:add_sheets": "saving a draft leaves no deed",
    "grants/enclose/actions.py:remove_sheets": "saving a draft leaves no deed",
}


@dataclass(frozen=True)
class Limits:
    """The longest a file and a function may be, in lines."""

    file: int
    function: int


HOUSE_LIMITS, TEST_LIMITS, TEMPLATE_LINES = Limits(250, 40), Limits(400, 60), 120


def sources(*folders: str, ends: str = ".py") -> Iterator[Path]:
    """Our own files in these folders; migrations are Django's."""
    for folder in folders:
        for path in sorted((HOUSE / folder).rglob(f"*{ends}")):
            if "migrations" not in path.parts:
                yield path


def named(path: Path) -> str:
    return path.relative_to(HOUSE).as_posix()


def functions(source: str) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            yield node


def calls(function: ast.FunctionDef) -> set[str]:
    """Names of the functions called in this one."""
    return {
        node.func.id for node in ast.walk(function) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }


def unfinished_actions(source: str, where: str) -> Iterator[str]:
    """Public functions of an actions.py that take no `*, by`, ask no access, or leave no deed."""
    for node in ast.parse(source).body:
        if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
            continue
        name = f"{where}:{node.name}"
        if "by" not in {argument.arg for argument in node.args.kwonlyargs}:
            yield f"{name} takes no keyword `by`"
        if "require" not in calls(node) and name not in ANYBODY_MAY:
            yield f"{name} asks no access"
        if "record" not in calls(node) and name not in LEAVES_NO_DEED:
            yield f"{name} leaves no deed"


def too_long(source: str, where: str, limits: Limits) -> Iterator[str]:
    lines = len(source.splitlines())
    if lines > limits.file:
        yield f"{where} has {lines} lines, of at most {limits.file}"
    for function in functions(source):
        length = (function.end_lineno or 0) - function.lineno + 1
        if length > limits.function:
            yield f"{where}:{function.name} has {length} lines, of at most {limits.function}"


def says_grants(source: str, where: str) -> Iterator[str]:
    """The ledger doesn't know who asks and gives."""
    for number, line in enumerate(source.splitlines(), 1):
        if re.search(r"\bgrants\b", line, re.IGNORECASE):
            yield f"{where}:{number} says “grants”"


def left_for_later(source: str, where: str) -> Iterator[str]:
    marks = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
    for number, line in enumerate(source.splitlines(), 1):
        if marks.search(line):
            yield f"{where}:{number} is left for later"


def unexplained_ignores(source: str, where: str) -> Iterator[str]:
    """Each silenced type error names its rule and says why."""
    for number, line in enumerate(source.splitlines(), 1):
        if re.search(r"#\s*type:\s*ignore", line) and not re.search(r"type: ignore\[[\w, -]+\]  # \w", line):
            yield f"{where}:{number} silences mypy without a rule and a reason"


def uses_signals(source: str, where: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Import | ast.ImportFrom):
            continue
        before = f"{node.module}." if isinstance(node, ast.ImportFrom) else ""
        if any(f"{before}{alias.name}".startswith("django.dispatch") for alias in node.names):
            yield f"{where}:{node.lineno} uses signals"


def vague_names(source: str, where: str) -> Iterator[str]:
    """Names are words of the domain; a helper is somebody, a `MailHelper` nothing."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ClassDef) and re.search(r"(Manager|\wHelper|Utils?|Base|Service)$", node.name):
            yield f"{where}:{node.name} says nothing about what it is"


def incomplete_whys(form: type, where: str) -> Iterator[str]:
    """Each field says why it is asked; what is voluntary is never obligatory (Awb 4:4)."""
    fields, why = vars(form).get("base_fields", {}), getattr(form, "why", {})
    for name, field in fields.items():
        if name not in why:
            yield f"{where}.{form.__name__}.{name} doesn't say why it is asked"
        elif field.required and why[name] not in {"decision", "payment", "contact"}:
            yield f"{where}.{form.__name__}.{name} is voluntary, yet obligatory"
    yield from (f"{where}.{form.__name__}.{name} is not a reason" for name in unknown(why.values()))


def unknown(reasons: Iterable[str]) -> set[str]:
    return set(reasons) - {"decision", "payment", "contact", "voluntary"}
