"""Ledger workbooks on disk, as a clerk has them."""

import xlsxwriter
from python_calamine import CalamineWorkbook

from congress.scoping import OPERATOR
from reports.exporting import export_ledger
from reports.importing import commit, new_batch, plan_ledger
from tests.reports.books import CASE, MANDATE
from tests.reports.whole_ledger import whole_ledger

HOSTILE = {
    "编号": "=1+1", "标题": "=cmd|' /C calc'!A0", "提出人": "阿依古丽·买买提；𠮷田", "来源": "群众",
    "内容": "@SUM(A1)\n+86", "联系电话": "-13800000000",
}  # fmt: skip


def full_ledger():
    """Something in every sheet, with names and cells that are hard to keep."""
    sheets = whole_ledger(3)
    sheets["代表名册"] += [
        {"姓名": "王芳", "备注": "上芦村", "民族": "汉族",
         "工作单位及职务": "上芦村支书", "联系电话": "13800000001"},
        {"姓名": "王芳", "备注": "河背村", "所在村居": "第1村", "专业小组": "农业小组"},
        {"姓名": "阿依古丽•买买提", "性别": "女"}, {"姓名": "𠮷 田"},
    ]  # fmt: skip
    sheets["代表职务"] += [
        MANDATE | {"姓名": "王芳（上芦村）", "层级": "县", "届次": "第十八届", "选区": "第3选区"},
        MANDATE | {"姓名": "王芳(河背村)", "层级": "乡镇", "终止日期": "2024-06-30",
                   "终止原因": "辞职"},
        MANDATE | {"姓名": "阿依古丽·买买提", "层级": "乡镇", "暂停日期": "2024-01-01"},
    ]  # fmt: skip
    sheets["代表编组"] = [
        {"姓名": "𠮷田", "类别": "联络站", "名称": "2号站", "开始日期": "2022-03-01"},
        {"姓名": "王芳（上芦村）", "类别": "代表小组", "名称": "第二小组", "开始日期": "2022-01-01",
         "结束日期": "2023-01-01"},
    ]  # fmt: skip
    sheets["联络站人员"] = [
        {"联络站": "2号站", "职务": "驻站人员", "姓名": "谢驻站", "开始日期": "2023-01-01"}
    ]
    sheets["意见建议"] += _cases()
    sheets["办理过程"] += [
        {"编号": "乙1", "日期": "2024-04-10", "事项": "分办", "单位": "镇财政所"},
        {"编号": "乙1", "日期": "2024-05-02", "事项": "延期", "日期值": "2024-09-01",
         "说明": "跨乡镇"},
        {"编号": "乙1", "日期": "2024-07-01", "事项": "再次答复", "结果": "A"},
        {"编号": "乙1", "日期": "2024-07-05", "事项": "评价", "结果": "满意"},
    ]  # fmt: skip
    return sheets


def _cases():
    return [
        CASE | HOSTILE,
        CASE | {
            "编号": "乙1", "来源": "代表", "提出人": "王芳（上芦村）；𠮷田", "提出场合": "人代会",
            "会议": "第七届人大第1次会议", "类型": "议案", "议案处理": "转为建议",
            "涉及村居": "第1村；第2村",
            "公开": "是", "处理方式": "交办", "处理日期": "2024-03-12", "主办单位": "镇水务站",
            "协办单位": "镇财政所；镇农业站", "签收日期": "2024-03-13",
            "首次答复日期": "2024-05-20",
            "办理结果": "列入计划", "承诺日期": "2024-12-01", "评价日期": "2024-05-25",
            "态度评价": "满意", "结果评价": "不满意", "重点督办日期": "2024-03-20",
        },
        CASE | {"编号": "乙2", "提出场合": "接待选民", "联络站": "1号站", "处理方式": "不予受理",
                "处理日期": "2024-03-09"},
        CASE | {"编号": "乙3", "并入编号": "乙1", "处理日期": "2024-03-12"},
        CASE | {"编号": "乙4", "提出场合": "视察调研", "代表活动": "第1次视察",
                "处理方式": "当场答复",
                "处理日期": "2024-03-01", "成效": "插秧机:3台；解决饮水安全村:4个"},
        CASE | {"编号": "乙5", "撤回日期": "2024-03-20"},
    ]  # fmt: skip


def write(path, sheets):
    """A workbook of sheets, {name: [{header: cell}]}, all cells text; the path."""
    with xlsxwriter.Workbook(str(path)) as book:
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            headers = list(dict.fromkeys(header for row in rows for header in row))
            for index, header in enumerate(headers):
                page.write_string(0, index, header)
                for number, row in enumerate(rows, 1):
                    page.write_string(number, index, row.get(header, ""))
    return path


def bring(path, place, user=OPERATOR):
    """Import a ledger; the committed plan and its batch."""
    plan = plan_ledger(path, place, user)
    assert plan.errors == []
    batch = new_batch(path, place, user)
    commit(plan, batch)
    return plan, batch


def exported(path, place, user=OPERATOR):
    """{sheet: its rows in some order} of the place's ledger, exported to the path."""
    export_ledger(path, place, user)
    with CalamineWorkbook.from_path(str(path)) as book:
        return {
            name: sorted(map(repr, book.get_sheet_by_name(name).to_python()))
            for name in book.sheet_names
        }
