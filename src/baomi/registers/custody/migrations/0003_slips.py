import django.db.models.deletion
from django.db import migrations, models

import baomi.kernel.ids


def _person():
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="office.person"
    )


def _id():
    return models.UUIDField(
        default=baomi.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
    )


class Migration(migrations.Migration):
    dependencies = [("custody", "0002_paper_copy_forbidden"), ("office", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="Slip",
            fields=[
                ("id", _id()),
                ("label_serial", models.PositiveIntegerField(unique=True)),
                ("kind", models.CharField(max_length=4)),
                ("drawn_up_on", models.DateField()),
                ("at_us", models.BigIntegerField()),
                ("op", models.UUIDField()),
                ("confirmed_on", models.DateField(null=True)),
                ("confirmed_how", models.CharField(max_length=10)),
                ("confirmed_by_scan", models.UUIDField(null=True)),
                ("voided_by", models.UUIDField(null=True)),
                ("drawn_up_by", _person()),
                ("person", _person()),
            ],
            options={
                "db_table": "custody_slip",
                "indexes": [models.Index(fields=["person", "drawn_up_on"], name="slip_by_person")],
            },
        ),
        migrations.CreateModel(
            name="SlipLine",
            fields=[
                ("id", _id()),
                ("op", models.UUIDField(db_index=True)),
                (
                    "copy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="custody.copy",
                    ),
                ),
                (
                    "slip",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="custody.slip",
                    ),
                ),
            ],
            options={
                "db_table": "custody_slip_line",
                "constraints": [
                    models.UniqueConstraint(fields=("slip", "copy"), name="on_slip_once")
                ],
            },
        ),
    ]
