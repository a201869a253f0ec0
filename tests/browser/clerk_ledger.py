"""The workbook that the clerk of 文武坝镇 keeps by hand: small, with something in nine sheets."""

from openpyxl import Workbook

MANDATE = {"层级": "乡镇", "届次": "第七届", "当选日期": "2021-11-20", "产生方式": "换届选举"}
CASE = {"类别": "基础设施", "来源": "群众", "提出人": "廖阿婆", "提出场合": "走访"}
CONGRESS = {"来源": "代表", "提出场合": "人代会", "会议": "第七届人大第四次会议"}
HANDED = {"处理方式": "交办", "处理日期": "2024-01-25", "主办单位": "镇水务站"}

SHEETS = {
    "届次": [{"层级": "乡镇", "届次": "第七届", "开始日期": "2021-12-01"}],
    "代表名册": [
        {"姓名": "王芳", "性别": "女", "所在村居": "上芦村"},
        {"姓名": "李建国", "性别": "男"},
        {"姓名": "阿依古丽·买买提", "性别": "女"},
    ],
    "代表职务": [
        MANDATE | {"姓名": name} for name in ("王芳", "李建国", "阿依古丽·买买提")
    ],
    "人大会议": [{
        "会议名称": "第七届人大第四次会议", "届次": "第七届", "类型": "人代会",
        "开始日期": "2024-01-18", "应到人数": "3", "实到人数": "3",
    }],
    "联络站": [{"名称": "文武坝镇人大代表联络站", "类型": "站", "建成日期": "2022-05-01"}],
    "接待记录": [{
        "联络站": "文武坝镇人大代表联络站", "日期": "2024-05-15", "接待代表": "王芳；李建国",
        "接待群众人数": "8",
    }],
    "意见建议": [
        CASE | CONGRESS | HANDED | {
            "编号": "会〔2024〕001号", "标题": "关于硬化上芦村机耕道的建议", "提出人": "王芳",
            "提出日期": "2024-01-18", "首次答复日期": "2024-03-01", "办理结果": "A",
            "评价日期": "2024-03-05", "结果评价": "满意", "办结日期": "2024-03-25",
        },
        CASE | CONGRESS | HANDED | {
            "编号": "会〔2024〕002号", "标题": "关于维修河背村提灌站的建议",
            "提出人": "李建国；王芳", "提出日期": "2024-01-18",
            "首次答复日期": "2024-04-01", "办理结果": "B", "承诺日期": "2024-12-01",
        },
        CASE | HANDED | {
            "编号": "闭〔2024〕001号", "标题": "反映圩镇路灯不亮", "提出场合": "接待选民",
            "来源": "代表", "提出人": "阿依古丽·买买提",
            "联络站": "文武坝镇人大代表联络站", "提出日期": "2024-05-15", "处理日期": "2024-05-20",
        },
        CASE | {"编号": "闭〔2024〕002号", "标题": "询问农保缴费时间", "提出日期": "2024-06-03",
                "处理方式": "当场答复", "处理日期": "2024-06-03", "类别": "其他"},
        CASE | {"编号": "闭〔2024〕003号", "标题": "=反映=污水直排", "提出日期": "2024-07-08"},
        CASE | {"编号": "闭〔2023〕009号", "标题": "反映垃圾没有人收", "提出日期": "2023-12-30"},
    ],
    "办理过程": [{"编号": "闭〔2024〕001号", "日期": "2024-06-20", "事项": "催办"}],
    "代表活动": [{
        "名称": "视察饮水安全", "类型": "视察", "开始日期": "2024-06-10",
        "参加代表": "王芳；李建国",
    }],
}  # fmt: skip
CASES_2024 = [case for case in SHEETS["意见建议"] if case["提出日期"] > "2024"]
TITLES = sorted(case["标题"] for case in CASES_2024)
TITLES_OF_DEPUTIES = sorted(case["标题"] for case in CASES_2024 if case["来源"] == "代表")


def write_ledger(path, **changed):
    """The workbook on disk, all cells text; `changed`: other rows of a sheet. Its path."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in (SHEETS | changed).items():
        sheet = book.create_sheet(name)
        headers = list(dict.fromkeys(header for row in rows for header in row))
        sheet.append(headers)
        for row in rows:
            sheet.append([None] * len(headers))
            for column, header in enumerate(headers, 1):
                cell = sheet.cell(sheet.max_row, column)
                cell.value, cell.data_type = row.get(header), "s"
    book.save(path)
    return path
