"""Personal data at rest and on the page."""

import pytest
from django.core.exceptions import FieldError

from congress.crypto import (
    CannotDecrypt,
    EncryptedTextField,
    decrypt,
    encrypt,
    fingerprint,
    mask_address,
    mask_name,
    mask_phone,
)


def test_a_text_comes_back_and_is_stored_under_the_name_of_its_scheme():
    stored = encrypt("13800000000")
    assert stored[:13] == "aes256gcm:v1:"
    assert "138" not in stored.removeprefix("aes256gcm:v1:")
    assert decrypt(stored) == "13800000000"


def test_equal_texts_are_stored_differently():
    assert encrypt("古坊村") != encrypt("古坊村")


def test_nothing_stays_nothing():
    assert [encrypt(""), encrypt(None), decrypt(""), decrypt(None)] == ["", None, "", None]


@pytest.mark.parametrize(
    "stored", ["13800000000", "sm4:v1:AAAA", "aes256gcm:v1:AAAA", "aes256gcm:v1:?"]
)
def test_what_was_not_encrypted_here_is_refused(stored):
    with pytest.raises(CannotDecrypt):
        decrypt(stored)


def test_a_changed_letter_is_noticed():
    stored = encrypt("13800000000")
    other = "A" if stored[20] != "A" else "B"
    with pytest.raises(CannotDecrypt):
        decrypt(stored[:20] + other + stored[21:])


def test_another_key_does_not_read_it(settings):
    settings.FIELD_KEY = "the key of county one"
    stored, sought = encrypt("13800000000"), fingerprint("13800000000")
    settings.FIELD_KEY = "the key of county two"
    with pytest.raises(CannotDecrypt):
        decrypt(stored)
    assert fingerprint("13800000000") != sought


def test_without_a_key_of_its_own_the_secret_key_serves(settings):
    settings.FIELD_KEY = ""
    assert decrypt(encrypt("张三")) == "张三"


def test_an_encrypted_column_cannot_be_searched():
    with pytest.raises(FieldError):
        EncryptedTextField(name="phone").get_lookup("exact")


@pytest.mark.parametrize(
    "typed",
    [
        "138 0000 0000",
        "138-0000-0000",
        "+86 13800000000",
        "１３８００００００００",
        "8613800000000",
    ],
)
def test_a_number_is_found_however_it_was_typed(typed):
    assert fingerprint(typed) == fingerprint("13800000000")


def test_other_numbers_have_other_fingerprints_and_an_empty_one_none():
    assert fingerprint("13800000001") != fingerprint("13800000000")
    assert [fingerprint(""), fingerprint(None), fingerprint(" - ")] == ["", "", ""]


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("13800000000", "138****0000"),
        ("138-0000-1234", "138****1234"),
        ("13800000000、13911112222", "138****0000、139****2222"),
        ("5622088", "****88"),
        ("张三家", "***"),
        ("张三13800000000", "138****0000"),
        ("", ""),
        (None, ""),
    ],
)
def test_a_phone_number_is_masked(phone, shown):
    assert mask_phone(phone) == shown


@pytest.mark.parametrize(
    ("name", "shown"),
    [("张小三", "张*三"), ("张三", "张*"), ("欧阳小三", "欧**三"), ("张", "张*"), ("", "")],
)
def test_a_name_is_masked(name, shown):
    assert mask_name(name) == shown


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("会昌县文武坝镇古坊村下屋组12号", "会昌县文武坝镇古坊村***"),
        ("古坊村新村小组3号", "古坊村***"),
        ("古坊村", "古坊村"),
        ("文武坝镇红旗大道5号", "文武坝镇***"),
        ("会昌县红旗大道5号", "会昌县***"),
        ("红旗大道5号", "***"),
        ("", ""),
    ],
)
def test_an_address_is_shown_as_far_as_the_village(address, shown):
    assert mask_address(address) == shown
