"""A second model without training: one whose answer to a topic has another text. Only the domain in it differs."""

import io
import json
import tarfile
from pathlib import Path


def with_answer(model: Path, target: Path, topic: str, text: str) -> Path:
    """Write to `target` what training would make of `model` with this answer: labels are all that is learned."""
    with tarfile.open(model) as source, tarfile.open(target, "w:gz", compresslevel=1) as output:
        for entry in source:
            content = source.extractfile(entry) if entry.isfile() else None
            if Path(entry.name).name == "metadata.json" and content:
                metadata = json.load(content)
                (response,) = metadata["domain"]["responses"][f"utter_faq/{topic}"]
                response["text"] = text
                changed = json.dumps(metadata).encode()
                entry.size = len(changed)
                content = io.BytesIO(changed)
            output.addfile(entry, content)
    return target
