"""The packaged model says the same with its steps joined."""

import numpy as np
import onnx
import onnxruntime
import pytest

from assistant import encoder, encoder_layers

SHORT = [101, 2515, 2009, 3480, 1029, 102]
LONG = [101, *range(2000, 2250), 102]


@pytest.fixture(scope="module")
def packaged():
    return encoder._packaged(*encoder.WEIGHTS).read_bytes()


@pytest.fixture(scope="module")
def joined(packaged):
    model = onnx.load_from_string(packaged)
    encoder_layers.join(model)
    return model


def _states(model, ids):
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    ids = np.asarray([ids])
    feed = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
    (states,) = session.run(None, {entry.name: feed[entry.name] for entry in session.get_inputs()})
    return states


@pytest.mark.parametrize("ids", [[101, 102], SHORT, LONG])
def test_the_states_are_the_same(packaged, joined, ids):
    found = _states(joined.SerializeToString(), ids)
    np.testing.assert_allclose(found, _states(packaged, ids), atol=1e-4)


def test_each_layer_has_one_step_for_its_attention_and_one_for_its_activation(joined):
    kinds = [node.op_type for node in joined.graph.node]
    assert kinds.count("MultiHeadAttention") == kinds.count("BiasGelu") == 6
    assert not {"Softmax", "Erf"} & set(kinds)
    # Queries, keys and values together, what comes out of the attention, and the two of the feed-forward part.
    assert kinds.count("MatMul") == 6 * 4


def test_nothing_is_left_that_no_result_comes_of(joined):
    graph = joined.graph
    taken = {name for node in graph.node for name in node.input}
    results = {output.name for output in graph.output}
    assert all((taken | results).intersection(node.output) for node in graph.node)
    assert {table.name for table in graph.initializer} <= taken
    assert [entry.name for entry in graph.input] == ["input_ids", "token_type_ids"]
