"""The house keeps its shape: dependencies point inward."""

import ast

import pytest

from cli.paths import PROJECT

FORBIDDEN = {
    "assistant": {"rasa", "rasa_sdk", "actions", "components", "cli", "bench"},
    "actions": {"rasa", "components", "cli", "bench"},
    "components": {"rasa_sdk", "actions", "cli", "bench"},
    "cli": {"actions", "components", "bench"},
}


def _imports(file):
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]


@pytest.mark.parametrize("package", FORBIDDEN)
def test_a_package_imports_only_what_lies_further_in(package):
    files = list((PROJECT / package).glob("**/*.py"))
    assert files
    wrong = {(file.name, name) for file in files for name in _imports(file) if name in FORBIDDEN[package]}
    assert wrong == set()
