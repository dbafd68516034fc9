"""The packaged encoder's layers in fewer steps: attention is one, and so is the activation."""

from collections.abc import Iterator, Sequence

import numpy as np
from onnx import GraphProto, ModelProto, NodeProto, TensorProto, helper, numpy_helper

_LAYERS = 6
_HEADS = 12
# Of the results in the packaged file: which of a name's are a layer's, and how many it has.
_QUERY, _KEY, _VALUE, _WIDENED, _LINEARS = 0, 1, 2, 4, 6
_ATTENDED, _VIEWS = 3, 4
# ONNX Runtime's own kinds of steps, beside the standard's.
_EXTRA = "com.microsoft"


def join(model: ModelProto) -> None:
    """Join steps in each layer of the packaged `model`: 122 of 369 are left, and the result differs by rounding alone.

    Queries, keys and values come of one product instead of three. Every word is attended to, whatever the mask says:
    sentences are encoded one by one, and there is nothing to hide.
    """
    graph = model.graph
    tables = {table.name: table for table in graph.initializer}
    made_by = {result: node for node in graph.node for result in node.output}
    joined: dict[str, list[NodeProto]] = {}

    def side_by_side(name: str, parts: Sequence[str]) -> str:
        columns = np.concatenate([numpy_helper.to_array(tables[part]) for part in parts], axis=-1)
        graph.initializer.append(numpy_helper.from_array(columns, name))
        return name

    for layer in range(_LAYERS):
        name = f"attention_{layer}"
        sums = [made_by[_numbered("linear", layer * _LINEARS + place)] for place in (_QUERY, _KEY, _VALUE)]
        products = [made_by[node.input[0]] for node in sums]
        for end in ("_q", "_scale"):
            side_by_side(name + end, [node.input[1] + end for node in products])
        bias = side_by_side(f"{name}_bias", [node.input[1] for node in sums])
        attended = _numbered("view", layer * _VIEWS + _ATTENDED)
        joined[attended] = list(_attention(name, products[0].input[0], bias, attended))
        widened = made_by[_numbered("linear", layer * _LINEARS + _WIDENED)]
        activated = _numbered("gelu", layer)
        joined[activated] = [helper.make_node("BiasGelu", widened.input, [activated], domain=_EXTRA)]
    model.opset_import.append(helper.make_opsetid(_EXTRA, 1))
    _keep(graph, [step for node in graph.node for step in joined.get(node.output[0], [node])])


def _attention(name: str, source: str, bias: str, result: str) -> Iterator[NodeProto]:
    """Yield what attends to `source`, by a table of whole numbers as the packaged file has them."""
    parts = [f"{name}_query", f"{name}_key", f"{name}_value"]
    yield helper.make_node("Cast", [f"{name}_q"], [f"{name}_f"], to=TensorProto.FLOAT)
    yield helper.make_node("Mul", [f"{name}_f", f"{name}_scale"], [name])
    yield helper.make_node("MatMul", [source, name], [f"{name}_sum"])
    yield helper.make_node("Split", [f"{name}_sum"], parts, axis=-1)
    yield helper.make_node("MultiHeadAttention", [*parts, bias], [result], domain=_EXTRA, num_heads=_HEADS)


def _keep(graph: GraphProto, nodes: Sequence[NodeProto]) -> None:
    """Let `graph` consist of those of `nodes` that its outputs come of, and of what these take."""
    wanted = {output.name for output in graph.output}
    kept: list[NodeProto] = []
    for node in reversed(nodes):
        if wanted.intersection(node.output):
            kept.insert(0, node)
            wanted.update(node.input)
    for everything, left in (
        (graph.node, kept),
        (graph.initializer, [table for table in graph.initializer if table.name in wanted]),
        (graph.input, [entry for entry in graph.input if entry.name in wanted]),
    ):
        del everything[:]
        everything.extend(left)


def _numbered(name: str, number: int) -> str:
    return f"{name}_{number}" if number else name
