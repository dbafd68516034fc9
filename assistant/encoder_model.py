"""The encoder's model made ready: it multiplies mostly in whole numbers, and tells the states half way."""

from collections.abc import Iterator

import numpy as np
import onnx
from onnx import NodeProto, TensorProto, helper, numpy_helper

# The packaged file keeps a table of weights as whole numbers, -127 to 127, and what each of its columns is times.
_WHOLE = "_q"
_TIMES = "_scale"
# Tables of the feed-forward parts, by their names in that file: the first of each but the last layer, the second of the
# first three. A few of the numbers they are multiplied with are far larger than the others, which are lost beside them:
# in whole numbers these eight would cost three times as much exactness as the 28 others together.
_EXACT = frozenset({f"val_{number}" for number in (109, 118, 180, 189, 251, 260, 322, 393)})
# Without a sign: for those with one, processors of before 2019 add pairs of products in 16 bits, which overflow.
_MIDDLE = 128


def ready(model: bytes, half_way: str) -> bytes:
    """Return `model` (ONNX) with whole-number products, and the state `half_way` as its last output, if it has that.

    The numbers that a table is multiplied with are rounded to 256 steps between the least and the largest of them, as
    the tables themselves have been. A model without tables of whole numbers multiplies as before.
    """
    made = onnx.load_from_string(model)
    graph = made.graph
    tables = {table.name: table for table in graph.initializer}
    nodes: list[NodeProto] = []
    rounded: set[str] = set()
    for node in graph.node:
        name = node.input[1] if node.op_type == "MatMul" else ""
        if name not in _EXACT and _is_whole(tables.get(name + _WHOLE), tables.get(name + _TIMES)):
            table = numpy_helper.to_array(tables[name + _WHOLE]).astype(np.int16) + _MIDDLE
            graph.initializer.append(numpy_helper.from_array(table.astype(np.uint8), f"{name}_unsigned"))
            graph.initializer.append(numpy_helper.from_array(np.asarray(_MIDDLE, np.uint8), f"{name}_middle"))
            nodes += _product(node, name, first=node.input[0] not in rounded)
            rounded.add(node.input[0])
        else:
            nodes.append(node)
    del graph.node[:]
    graph.node.extend(nodes)
    if any(half_way in node.output for node in nodes):
        graph.output.append(helper.make_tensor_value_info(half_way, TensorProto.FLOAT, None))
    return made.SerializeToString()


def _is_whole(table: TensorProto | None, times: TensorProto | None) -> bool:
    return (
        table is not None
        and times is not None
        and table.data_type == TensorProto.INT8
        and list(times.dims) == [1, table.dims[-1]]
    )


def _product(node: NodeProto, table: str, first: bool) -> Iterator[NodeProto]:
    """Yield what takes the place of `node`; `first`: what it multiplies has not been rounded yet."""
    source, result = node.input[0], node.output[0]
    whole, step, zero = f"{source}_whole", f"{source}_step", f"{source}_zero"
    if first:
        yield helper.make_node("DynamicQuantizeLinear", [source], [whole, step, zero])
    yield helper.make_node("MatMulInteger", [whole, f"{table}_unsigned", zero, f"{table}_middle"], [f"{result}_sum"])
    yield helper.make_node("Cast", [f"{result}_sum"], [f"{result}_float"], to=TensorProto.FLOAT)
    yield helper.make_node("Mul", [step, f"{table}{_TIMES}"], [f"{result}_times"])
    yield helper.make_node("Mul", [f"{result}_float", f"{result}_times"], [result])
