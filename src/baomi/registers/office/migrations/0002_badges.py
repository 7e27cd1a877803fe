import django.db.models.deletion
from django.db import migrations, models

import baomi.kernel.ids


def _person():
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="office.person"
    )


class Migration(migrations.Migration):
    dependencies = [("office", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="BadgePin",
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
                ("secret", models.CharField(max_length=200)),
            ],
            options={"db_table": "office_badge_pin"},
        ),
        migrations.CreateModel(
            name="BadgeRecord",
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
                ("kind", models.CharField(max_length=12)),
                ("serial", models.PositiveIntegerField()),
                ("on", models.DateField()),
                ("ground", models.CharField(max_length=120)),
                ("person", _person()),
                ("recorded_by", _person()),
            ],
            options={
                "db_table": "office_badge_record",
                "indexes": [models.Index(fields=["kind", "serial"], name="badge_by_kind")],
            },
        ),
    ]
