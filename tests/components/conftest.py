from dataclasses import dataclass
from pathlib import Path

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource


@dataclass(frozen=True)
class Workshop:
    """What Rasa hands to a component, with real storage behind it."""

    storage: LocalModelStorage
    resource: Resource
    context: ExecutionContext

    @staticmethod
    def _config(component, config):
        defaults = component.get_default_config() if hasattr(component, "get_default_config") else {}
        return {**defaults, **config}

    def create(self, component, **config):
        return component.create(self._config(component, config), self.storage, self.resource, self.context)

    def load(self, component, **config):
        return component.load(self._config(component, config), self.storage, self.resource, self.context)


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    return Workshop(
        LocalModelStorage(tmp_path), Resource("component"), ExecutionContext(GraphSchema({}), node_name="it")
    )
