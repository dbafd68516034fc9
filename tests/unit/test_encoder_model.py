"""Products in whole numbers are nearly those in floats, and what cannot be multiplied so is left as it is."""

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper, numpy_helper

from assistant import encoder, encoder_model

NUMBERS = np.random.default_rng(0)
WORDS = NUMBERS.normal(size=(1, 5, 8)).astype(np.float32)
TABLE = NUMBERS.integers(-127, 128, (8, 4)).astype(np.int8)
TIMES = NUMBERS.uniform(0.001, 0.01, (1, 4)).astype(np.float32)


def _model(table=TABLE, times=TIMES):
    """Multiply twice by the same table, stored as in the packaged file."""
    nodes = [
        helper.make_node("Cast", ["one_q"], ["one_f"], to=TensorProto.FLOAT),
        helper.make_node("Mul", ["one_f", "one_scale"], ["one"]),
        helper.make_node("MatMul", ["words", "one"], ["first"]),
        helper.make_node("MatMul", ["words", "one"], ["again"]),
        helper.make_node("Add", ["first", "again"], ["twice"]),
    ]
    graph = helper.make_graph(
        nodes, "twice",
        [helper.make_tensor_value_info("words", TensorProto.FLOAT, [1, "words", 8])],
        [helper.make_tensor_value_info("twice", TensorProto.FLOAT, None)],
        [numpy_helper.from_array(table, "one_q"), numpy_helper.from_array(times, "one_scale")],
    )  # fmt: skip
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8).SerializeToString()


def _run(model, words=WORDS):
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    return session.run(None, {"words": words})


def _kinds(model):
    return [node.op_type for node in onnx.load_from_string(model).graph.node]


def test_whole_number_products_are_nearly_those_in_floats():
    made = encoder_model.ready(_model(), "first")
    assert "MatMul" not in _kinds(made)
    assert _kinds(made).count("DynamicQuantizeLinear") == 1
    twice, first = _run(made)
    right = WORDS @ (TABLE * TIMES)
    np.testing.assert_allclose(first, right, atol=0.02 * np.abs(right).max())
    np.testing.assert_allclose(twice, 2 * first, rtol=1e-5)


def test_large_products_do_not_overflow():
    (same, _) = _run(encoder_model.ready(_model(np.full_like(TABLE, 127)), "first"))
    right = 2 * WORDS @ (np.full(TABLE.shape, 127) * TIMES)
    np.testing.assert_allclose(same, right, atol=0.02 * np.abs(right).max())


@pytest.mark.parametrize(
    ("table", "times"),
    [(TABLE.astype(np.float32), TIMES), (TABLE, TIMES.repeat(8, axis=0)), (TABLE, TIMES[:, :1])],
)
def test_other_tables_are_multiplied_as_before(table, times):
    made = encoder_model.ready(_model(table, times), "first")
    assert _kinds(made).count("MatMul") == 2
    np.testing.assert_array_equal(_run(made)[0], _run(_model(table, times))[0])


def test_numbers_far_larger_than_the_others_are_multiplied_apart_and_the_others_stay_exact(monkeypatch):
    words = WORDS.copy()
    words[..., 2] *= 100
    words[..., 5] += 300
    right = words @ (TABLE * TIMES)

    def off():
        (_, first) = _run(encoder_model.ready(_model(), "first"), words)
        return np.abs(first - right).max()

    together = off()
    monkeypatch.setattr(encoder_model, "_LARGE", {"words": (2, 5)})
    assert off() < together / 20


def test_numbers_that_a_model_has_no_room_for_are_not_looked_for(monkeypatch):
    as_before = encoder_model.ready(_model(), "first")
    monkeypatch.setattr(encoder_model, "_LARGE", {"words": (8, 384)})
    assert encoder_model.ready(_model(), "first") == as_before


def test_a_state_that_the_model_lacks_is_no_output():
    assert len(_run(encoder_model.ready(_model(), "no_such_state"))) == 1


@pytest.fixture(scope="module")
def packaged():
    return encoder._packaged(*encoder.WEIGHTS).read_bytes()


def test_the_packaged_model_multiplies_in_whole_numbers_but_for_the_largest(packaged):
    kinds = _kinds(encoder_model.ready(packaged, "layer_norm_8", packaged=True))
    assert kinds.count("MatMulInteger") == 6 * 4
    # Those of the largest numbers: two after the normalizations of each layer, three inside a feed-forward part.
    assert kinds.count("MatMul") == 6 * 2 + 3


def test_the_packaged_model_s_states_are_nearly_those_in_floats(packaged):
    ids = np.asarray([[101, 2515, 2009, 3480, 1029, 102]])
    feed = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}

    def states(model):
        session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
        return session.run(None, {entry.name: feed[entry.name] for entry in session.get_inputs()})[0]

    exact, made = states(packaged), states(encoder_model.ready(packaged, "layer_norm_8", packaged=True))
    norms = np.linalg.norm(exact, axis=-1) * np.linalg.norm(made, axis=-1)
    assert ((exact * made).sum(axis=-1) / norms).min() > 0.995
