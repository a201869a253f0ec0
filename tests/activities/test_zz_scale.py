import random, time
from datetime import date, timedelta
from activities.models import *
from congress.place_tree import ensure_place
from tests.activities.ledger import *
from congress.figures import rows_behind
import pytest
@pytest.mark.django_db
def test_scale():
    random.seed(1)
    county=ensure_place("360733","会昌县")
    towns=[ensure_place(f"3607331{i:02d}",f"镇{i}") for i in range(20)]
    people={}
    for t in towns:
        terms={l:Term.objects.create(place=t,level=l,name="七") for l in ("县","乡镇")}
        ps=Person._base_manager.bulk_create([Person(place=t,name=f"人{i}") for i in range(65)])
        people[t]=ps
        Mandate._base_manager.bulk_create([Mandate(place=t,person=p,level="乡镇",term=terms["乡镇"],elected_on=date(2021,11,1),starts=date(2021,11,1)) for p in ps]+[Mandate(place=t,person=p,level="县",term=terms["县"],elected_on=date(2021,11,1),starts=date(2021,11,1)) for p in ps[:12]])
    acts=Activity._base_manager.bulk_create([Activity(place=random.choice(towns),name=f"活动{i}",kind=random.choice(Activity.Kind.values),campaign=random.choice(["","甲","乙"]),starts=date(2024,1,1)+timedelta(days=random.randrange(366))) for i in range(5000)])
    ActivityDeputy._base_manager.bulk_create([ActivityDeputy(activity=a,person=p) for a in acts for p in random.sample(people[a.place],6)],batch_size=2000)
    ActivityWord._base_manager.bulk_create([ActivityWord(activity=a,kind=k,text=f"{k}{random.randrange(20)}") for a in acts for k in ActivityWord.Kind.values],batch_size=2000)
    ActivityNumber._base_manager.bulk_create([ActivityNumber(activity=a,kind=k,name=f"{k}{random.randrange(20)}",number=3,measure="个") for a in acts for k in ActivityNumber.Kind.values],batch_size=2000)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    for place in (county, towns[0]):
      for f in ({},{"level":"县"},{"field":"领域3"}):
        t=time.time()
        with CaptureQueriesContext(connection) as c: r=figures(place,**f)
        print(place.name,f,round(time.time()-t,2),len(c), r.get("activities.participations").value, r["activities.participations"].breakdowns.get("level"))
        for q in sorted(c.captured_queries,key=lambda q:-float(q["time"]))[:3]: print("   ",q["time"],q["sql"][:90])
