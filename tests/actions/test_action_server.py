import subprocess
import sys

import yaml

from cli.paths import PROJECT


def _python(code):
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", code], cwd=PROJECT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_the_action_server_never_imports_tensorflow_nor_rasa():
    modules = _python(
        "import sys; from rasa_sdk.endpoint import create_app; create_app('actions'); print(*sys.modules)"
    )
    assert "actions.ask_back" in modules
    assert {"tensorflow", "rasa"}.isdisjoint(modules)


def test_the_action_server_offers_every_custom_action_of_the_domain():
    domain = yaml.safe_load((PROJECT / "domain.yml").read_text())
    custom = {action for action in domain["actions"] if action.startswith("action_")}
    offered = _python(
        "from rasa_sdk.executor import ActionExecutor; executor = ActionExecutor(); "
        "executor.register_package('actions'); print(*executor.actions)"
    )
    assert custom <= set(offered)
