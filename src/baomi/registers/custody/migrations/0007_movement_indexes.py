"""Four indexes on movements that nothing asked for, and that each deed had to write."""

import django.db.models.deletion
from django.db import migrations, models

NAMES = {
    "copy_id": "custody_movement_copy_id_d43ed46c",
    "from_cabinet_id": "custody_movement_from_cabinet_id_a46528a4",
    "to_cabinet_id": "custody_movement_to_cabinet_id_94ba4664",
    "place_id": "custody_movement_place_id_3bcae312",
}


def without_index(field, to, *, null):
    return migrations.AlterField(
        model_name="movement",
        name=field,
        field=models.ForeignKey(
            db_index=False,
            null=null,
            on_delete=django.db.models.deletion.PROTECT,
            related_name="+",
            to=to,
        ),
    )


class Migration(migrations.Migration):
    dependencies = [("custody", "0006_circle_ground")]

    operations = [
        # left to itself Django would copy the whole table on SQLite
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    f"DROP INDEX {name}", f"CREATE INDEX {name} ON custody_movement ({column})"
                )
                for column, name in NAMES.items()
            ],
            state_operations=[
                without_index("copy", "custody.copy", null=False),
                without_index("from_cabinet", "office.cabinet", null=True),
                without_index("to_cabinet", "office.cabinet", null=True),
                without_index("place", "office.room", null=True),
            ],
        )
    ]
