"""Units, posts and ranks of circles that stand already, as their members' rows tell them."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Min

import baomi.kernel.ids
from baomi.engine.schema_change import LedgerRows


def grounds(apps, alias):
    member, ground = (
        apps.get_model("custody", name) for name in ("CircleMember", "CircleGround")
    )
    told = member._default_manager.using(alias).exclude(basis="person").values("paper", "basis")
    first = told.annotate(since=Min("added_on")).order_by("paper", "basis")
    for row in first:
        yield ground(paper_id=row["paper"], ground=row["basis"], added_on=row["since"])


class Migration(migrations.Migration):
    dependencies = [("custody", "0005_derived"), ("office", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="CircleGround",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=baomi.kernel.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("ground", models.CharField(max_length=60)),
                ("added_on", models.DateField()),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="custody.paper",
                    ),
                ),
            ],
            options={
                "db_table": "custody_circle_ground",
                "indexes": [models.Index(fields=["ground", "paper"], name="circle_by_ground")],
                "constraints": [
                    models.UniqueConstraint(fields=("paper", "ground"), name="ground_once")
                ],
            },
        ),
        LedgerRows("custody_circle_ground", grounds),
    ]
