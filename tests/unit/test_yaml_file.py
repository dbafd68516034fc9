import pytest
import yaml

from assistant import yaml_file


def test_a_file_is_read(tmp_path):
    file = tmp_path / "content.yml"
    file.write_text("a: [1, 'zwölf']\n", encoding="utf-8")
    assert yaml_file.read(file) == {"a": [1, "zwölf"]}


def test_nothing_but_data_comes_out_of_it():
    with pytest.raises(yaml.YAMLError):
        yaml_file.parse("!!python/object/apply:os.getcwd []")


def test_what_is_no_yaml_is_refused():
    with pytest.raises(yaml.YAMLError):
        yaml_file.parse("a: [1")
