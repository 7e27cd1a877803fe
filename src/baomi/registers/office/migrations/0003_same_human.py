import django.db.models.deletion
from django.db import migrations, models

import baomi.kernel.ids
from baomi.engine.schema_change import LedgerSchema


def _person(**more):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="office.person", **more
    )


class Migration(migrations.Migration):
    dependencies = [("office", "0002_badges")]
    operations = [
        migrations.AddField(
            "person",
            "same_as",
            _person(null=True),
        ),
        migrations.CreateModel(
            name="HumanRecord",
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
                ("on", models.DateField()),
                ("ground", models.CharField(max_length=120)),
                ("person", _person()),
                ("same_as", _person(null=True)),
                ("confirmed_by", _person(null=True)),
            ],
            options={"db_table": "office_human_record"},
        ),
        migrations.CreateModel(
            name="IdentityIndex",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="office.person",
                    ),
                ),
                ("digest", models.CharField(db_index=True, max_length=64)),
            ],
            options={"db_table": "office_identity_index"},
        ),
        LedgerSchema("office_person", add={"same_as_id": None}),
    ]
