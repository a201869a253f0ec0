"""Names of people in pinyin, names of places by code."""

import pytest

from congress.pinyin import keys, sort_key
from congress.places import full_name_of, name_of


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("张三", ("zhangsan", "zs")),
        ("曾小明", ("zengxiaoming", "zxm")),
        ("单雄信", ("shanxiongxin", "sxx")),
        ("仇英", ("qiuying", "qy")),
        ("解缙", ("xiejin", "xj")),
        ("吕布", ("lvbu", "lb")),
        ("尉迟恭", ("yuchigong", "ycg")),
        ("单于曾", ("chanyuceng", "cyc")),
        ("买买提·艾力", ("maimaitiaili", "mmtal")),
        ("小单", ("xiaodan", "xd")),
        ("John Lee", ("johnlee", "j")),
        ("", ("", "")),
    ],
)
def test_surnames_are_read_as_surnames(name, expected):
    assert keys(name) == expected


def test_names_sort_by_surname_and_tone():
    names = ["钟秀", "曾明", "陈英", "解放", "张伟", "仇七", "章伟"]
    assert sorted(names, key=sort_key) == ["陈英", "仇七", "解放", "曾明", "张伟", "章伟", "钟秀"]


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("36", "江西省"),
        ("3607", "赣州市"),
        ("360733", "会昌县"),
        ("330282", "慈溪市"),
        ("653228", "和康县"),
        ("360733100", ""),
        ("99", ""),
    ],
)
def test_places_are_named_by_their_official_code(code, name):
    assert name_of(code) == name


def test_a_place_is_named_from_the_province_down():
    assert full_name_of("360733100") == "江西省赣州市会昌县"
