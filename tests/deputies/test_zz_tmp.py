import pytest, datetime
from congress.scoping import OPERATOR
from congress.period import Period
from reports import importing, exporting, catalogue
from reports.undo import undo
from congress.models import *
from deputies.models import *
from congress.sheets.write import write_workbook
from reports.ledger import TABLES

@pytest.mark.django_db
def test_all(township, other_township, clerk, tmp_path):
    from tests.deputies.test_roster import WANG, LI, SEAT, DATED, TERM
    from tests.deputies.test_meeting_sheets import FIRST, PRESIDIUM, CHAIR, HEAD, REPORT
    sheets={"代表名册":[WANG,LI],"联络站":[{"名称":"一站","类型":"站"}],"代表职务":[SEAT|{"姓名":"王芳"}],
     "代表编组":[DATED],"班子成员":[CHAIR,HEAD],"人大会议":[FIRST,PRESIDIUM],"代表述职":[REPORT],
     "请示报告":[{"日期":"2024-03-01","事项":"甲","对象":"党委"}], "村居":[{"名称":"河背村","户籍人口":30}]}
    import xlsxwriter
    def write(path, sheets):
        book=xlsxwriter.Workbook(path)
        for n,rows in sheets.items():
            ws=book.add_worksheet(n); heads=list(dict.fromkeys(h for r in rows for h in r))
            ws.write_row(0,0,heads)
            for i,r in enumerate(rows,1): ws.write_row(i,0,[r.get(h,"") for h in heads])
        book.close()
    f=tmp_path/"a.xlsx"; write(f,sheets)
    def bring(path, place, user):
        plan=importing.plan_ledger(path,place,user)
        assert plan.errors==[], plan.errors
        batch=importing.new_batch(path,place,user); importing.commit(plan,batch)
        return batch, plan
    b1,p1=bring(f,township,clerk)
    print(p1.outcome())
    out=tmp_path/"b.xlsx"; exporting.export_ledger(out,township,clerk)
    b2,p2=bring(out,township,clerk); print(p2.outcome()); assert p2.outcome()["created"]=={k:0 for k in p2.outcome()["created"]}
    assert not any(p2.outcome()["updated"].values())
    P=Period(datetime.date(2021,1,1),datetime.date(2024,12,31))
    one={k:(r.value,r.breakdowns,r.items,r.beside) for k,r in catalogue.evaluate(OPERATOR,township,P).items()}
    bring(out,other_township,OPERATOR)
    two={k:(r.value,r.breakdowns,r.items,r.beside) for k,r in catalogue.evaluate(OPERATOR,other_township,P).items()}
    assert {k:v for k,v in one.items() if 'township' not in v[1]}=={k:v for k,v in two.items() if 'township' not in v[1]}
    for k in one:
        catalogue.rows(OPERATOR,township,P,k)
    w=dict(WANG); w.update({"代表小组":"第九小组","联络站":"清空","所在村居":"新村","联系电话":"139","入群":"否"})
    g=tmp_path/"c.xlsx"; write(g,{"代表名册":[w],"人大会议":[FIRST|{"届次":"第八届","听取和审议":"清空"}],"村居":[{"名称":"河背村","户籍人口":31,"代码":"360733100222"}]})
    before=exporting._rows
    state=lambda: {t.sheet.name: sorted(map(str,exporting._rows(t(),township,OPERATOR))) for t in TABLES}
    s0=state()
    b3,p3=bring(g,township,clerk); print(p3.outcome())
    assert state()!=s0
    undo(b3,clerk)
    s1=state()
    for k in s0: print(k, s0[k]==s1[k], [x for x in s0[k] if x not in s1[k]],[x for x in s1[k] if x not in s0[k]])
    b1x=None
    print(Person._base_manager.filter(place=township).count(), Term._base_manager.filter(place=township).count(), Place.objects.all().values_list("name"))
