"""Personal data in a text that goes public: what goes, and what only looks like it."""

import pytest

from reports.masking import Masker


@pytest.mark.parametrize(
    "text, public",
    [
        ("电话 13812340000", "电话 ［电话不公开］"),
        ("电话138 1234-0000。", "电话［电话不公开］。"),
        ("＋86 138 1234 0000", "［电话不公开］"),
        ("0797-5622345转3", "［电话不公开］转3"),
        ("电话：5622345", "电话：［电话不公开］"),
        ("一三八一二三四零零零零", "［电话不公开］"),
        ("微信号wangfang_88", "微信号［电话不公开］"),
        ("36073319750612003x", "［证件号码不公开］"),
        ("360733 19750612 003X", "［证件号码不公开］"),
        ("卡号6222 0212 3456 7890 123", "卡号［证件号码不公开］"),
        ("写信到a.b@qq.com", "写信到［邮箱不公开］"),
        ("住3栋2单元501室", "住［住址不公开］"),
        ("交办2024-06-18，延期至2024-12-18", "交办2024-06-18，延期至2024-12-18"),
        ("2024-03-12 2024-05-20 12户", "2024-03-12 2024-05-20 12户"),
        ("投入1200000元，惠及36000人", "投入1200000元，惠及36000人"),
        ("电话回访2024-03-12", "电话回访2024-03-12"),
        ("第三次会议第012号，会函〔2024〕8号", "第三次会议第012号，会函〔2024〕8号"),
        ("二〇二四年三月", "二〇二四年三月"),
    ],
)  # fmt: skip
def test_numbers_of_persons_go_and_other_numbers_stay(text, public):
    assert Masker().mask(text).text == public


@pytest.mark.parametrize(
    "text, own, public",
    [
        ("廖 阿 婆说", (), "某某说"),
        ("群众反映路难走", ("群众",), "群众反映路难走"),
        ("张三、李四家", ("张三、李四等12人",), "某某、某某家"),
        ("王大爷和王芳", ("王芳",), "某某和某某"),
        ("高山滑坡，村民高山受伤", (), "高山滑坡，村民某某受伤"),
        ("李建国代表说", (), "李建国代表说"),
        ("买买提家", ("阿依古丽·买买提",), "某某家"),
        ("WANG fang", ("Wang Fang",), "某某"),
    ],
)
def test_names_of_citizens_go_however_they_are_written(text, own, public):
    masker = Masker(["廖阿婆", "高山", "李建国"], ["李建国"])
    assert masker.mask(text, own).text == public


def test_the_phone_of_the_case_goes_even_where_it_looks_like_any_number():
    assert Masker().mask("请找5622-345", phone="5622345").text == "请找［电话不公开］"
