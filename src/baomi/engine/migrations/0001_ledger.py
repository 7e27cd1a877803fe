from django.db import migrations, models

import baomi.kernel.ids
from baomi.engine import tables


def create(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    made = tables.create_tables(vendor) + tables.create_indexes()
    for statement in made + tables.create_triggers(vendor):
        # params=None: the statements hold no placeholders, and PL/pgSQL may hold percent signs
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.RunPython(create, migrations.RunPython.noop),
        migrations.CreateModel(
            name="LateEntry",
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
                ("op", models.UUIDField(unique=True)),
                ("happened_on", models.DateField()),
                ("recorded_on", models.DateField()),
                ("reason", models.CharField(max_length=200)),
            ],
            options={"db_table": "engine_late_entry"},
        ),
    ]
