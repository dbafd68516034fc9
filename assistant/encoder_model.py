"""The encoder's model made ready: it multiplies in whole numbers, and tells the states half way."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import NodeProto, TensorProto, helper, numpy_helper

from assistant import encoder_layers

Array = npt.NDArray[Any]

# The packaged file keeps a table of weights as whole numbers, -127 to 127, and what each of its columns is times.
_WHOLE = "_q"
_TIMES = "_scale"
# States by their names in that file, and the few of their numbers that are far larger than the others, which would be
# lost beside them when all are rounded together: after a normalization mostly these eight of 384, and one or two of the
# 1,536 inside the first three feed-forward parts. Found in 1,500 training questions, at five of the twelve
# normalizations, and as useful at the others (docs/decisions/0011-speed.md).
_NORMALIZED = (63, 99, 157, 223, 267, 303, 338, 347)
_LARGE = {
    "layer_norm": _NORMALIZED,
    **{f"layer_norm_{number}": _NORMALIZED for number in range(1, 12)},
    "gelu": (856,),
    "gelu_1": (607,),
    "gelu_2": (218, 1004),
}
# Without a sign: for those with one, processors of before 2019 add pairs of products in 16 bits, which is faster, but
# overflows. What comes out of an activation is mostly near nothing: of its pairs, one in 40 million did, by a little.
_MIDDLE = 128
_ACTIVATED = "gelu"


def ready(model: bytes, half_way: str, packaged: bool = False) -> bytes:
    """Return `model` (ONNX) with whole-number products, and the state `half_way` as its last output, if it has that.

    The layers of the `packaged` one are known: some of their steps are joined (`encoder_layers`).

    The numbers that a table is multiplied with are rounded to 256 steps between the least and the largest of them, as
    the tables themselves have been; those known to be far larger are multiplied as before, and added. So is everything
    in a model without tables of whole numbers.
    """
    made = onnx.load_from_string(model)
    if packaged:
        encoder_layers.join(made)
    graph = made.graph
    tables = {table.name: table for table in graph.initializer}
    nodes: list[NodeProto] = []
    rounded: set[str] = set()

    def keep(name: str, value: Array) -> str:
        graph.initializer.append(numpy_helper.from_array(value, name))
        return name

    for node in graph.node:
        name = node.input[1] if node.op_type == "MatMul" else ""
        whole, times = tables.get(name + _WHOLE), tables.get(name + _TIMES)
        if whole is None or times is None or not _fit(whole, times):
            nodes.append(node)
            continue
        source, result = node.input[0], node.output[0]
        table = numpy_helper.to_array(whole)
        large = [number for number in _LARGE.get(source, ()) if number < len(table)]
        if source not in rounded:
            rounded.add(source)
            nodes += _rounded(source, large, len(table), keep)
        if large:
            rows = keep(f"{name}_rows", table[large] * numpy_helper.to_array(times))
            nodes += _product(source, name, f"{result}_small")
            nodes.append(helper.make_node("MatMul", [f"{source}_large", rows], [f"{result}_large"]))
            nodes.append(helper.make_node("Add", [f"{result}_small", f"{result}_large"], [result]))
        else:
            nodes += _product(source, name, result)
        signed = source.startswith(_ACTIVATED)
        keep(f"{name}_factors", table if signed else (table.astype(np.int16) + _MIDDLE).astype(np.uint8))
        keep(f"{name}_middle", np.asarray(0, np.int8) if signed else np.asarray(_MIDDLE, np.uint8))
    del graph.node[:]
    graph.node.extend(nodes)
    if any(half_way in node.output for node in nodes):
        graph.output.append(helper.make_tensor_value_info(half_way, TensorProto.FLOAT, None))
    return made.SerializeToString()


def _fit(whole: TensorProto, times: TensorProto) -> bool:
    return whole.data_type == TensorProto.INT8 and list(times.dims) == [1, whole.dims[-1]]


def _rounded(source: str, large: list[int], width: int, keep: Callable[[str, Array], str]) -> Iterator[NodeProto]:
    """Yield what rounds `source` to whole numbers, and takes its `large` numbers out before."""
    small = source
    if large:
        others = np.ones(width, np.float32)
        others[large] = 0
        small = f"{source}_small"
        yield helper.make_node("Mul", [source, keep(f"{source}_others", others)], [small])
        places = keep(f"{source}_places", np.asarray(large, np.int64))
        yield helper.make_node("Gather", [source, places], [f"{source}_large"], axis=-1)
    yield helper.make_node("DynamicQuantizeLinear", [small], [f"{source}{end}" for end in ("_whole", "_step", "_zero")])


def _product(source: str, table: str, result: str) -> Iterator[NodeProto]:
    """Yield what multiplies `source`, rounded, by `table`."""
    factors = [f"{source}_whole", f"{table}_factors", f"{source}_zero", f"{table}_middle"]
    yield helper.make_node("MatMulInteger", factors, [f"{result}_sum"])
    yield helper.make_node("Cast", [f"{result}_sum"], [f"{result}_float"], to=TensorProto.FLOAT)
    yield helper.make_node("Mul", [f"{source}_step", f"{table}{_TIMES}"], [f"{result}_times"])
    yield helper.make_node("Mul", [f"{result}_float", f"{result}_times"], [result])
