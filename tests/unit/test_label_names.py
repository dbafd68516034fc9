from assistant import label_names, training_data
from assistant.faq import PREFIX
from assistant.scope import ASK_BACK
from cli.paths import PROJECT


def test_every_label_that_is_no_topic_has_a_name_for_staff():
    taught = {example.label for example in training_data.load(PROJECT / training_data.FOLDER)}
    for label in {label for label in taught if not label.startswith(PREFIX)} | {ASK_BACK}:
        assert "_" not in label_names.called(label)


def test_a_topic_is_called_by_its_id():
    assert label_names.called("faq/side_effects") == "side_effects"
