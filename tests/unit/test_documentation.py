"""What the documents name exists."""

import re

import pytest

from cli import faq
from cli.main import VERBS
from cli.paths import PROJECT
from cli.verbs import name

DOCUMENTS = ["README.md", "CONTRIBUTING.md"]
MAKEFILE = (PROJECT / "Makefile").read_text()
# Made on the way, or only an example.
NOT_IN_A_CLONE = {".venv", ".rasa", "data/faq/parking.yml", "drafts/"}


def _code(document):
    """Return what stands in backticks or in a code block."""
    text = (PROJECT / document).read_text()
    blocks = re.findall(r"```.*?\n(.*?)```", text, re.DOTALL)
    return [*re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL)), *blocks]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_path_it_names_exists(document):
    links = re.findall(r"\]\((?!http)([^)#]+)\)", (PROJECT / document).read_text())
    named = [text for text in _code(document) if re.fullmatch(r"[\w./-]+(/|\.\w{2,4})", text)]
    assert {path for path in [*links, *named] if path not in NOT_IN_A_CLONE and not (PROJECT / path).exists()} == set()


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_target_and_verb_it_names_exists(document):
    code = "\n".join(_code(document))
    targets = set(re.findall(r"^make ([a-z-]+)", code, re.MULTILINE))
    verbs = set(re.findall(r"^(?:\$ )?migraine ([a-z]+)", code, re.MULTILINE))
    faq_verbs = set(re.findall(r"^(?:\$ )?migraine faq ([a-z]+)", code, re.MULTILINE))
    assert {target for target in targets if not re.search(rf"^{target}:", MAKEFILE, re.MULTILINE)} == set()
    assert verbs <= set(map(name, VERBS))
    assert faq_verbs <= set(map(name, faq.VERBS))


def test_the_map_of_the_house_names_every_room():
    readme = (PROJECT / "README.md").read_text()
    rooms = [
        folder.name for folder in PROJECT.iterdir()
        if folder.is_dir() and not folder.name.startswith((".", "_")) and not folder.name.endswith(".egg-info")
    ]  # fmt: skip
    assert [room for room in rooms if room not in {"results", "build"} and f"{room}/" not in readme] == []


def test_help_lists_every_target():
    phony = re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)[1].split()
    described = re.findall(r"^([a-z-]+):.*## ", MAKEFILE, re.MULTILINE)
    assert sorted(phony) == sorted(described)
