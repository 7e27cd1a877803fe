"""Dates counted in working days, duties that were waived, and what a duty is about."""

from django.db import migrations, models

from baomi.engine.schema_change import LedgerSchema


class Migration(migrations.Migration):
    dependencies = [("duties", "0002_reading")]
    operations = [
        migrations.AddField("duty", "due_workdays", models.PositiveIntegerField(null=True)),
        migrations.AddField("duty", "counted_from", models.DateField(null=True)),
        migrations.AddField("duty", "waived_by", models.UUIDField(null=True)),
        migrations.AddField("duty", "waived_under", models.CharField(default="", max_length=16)),
        migrations.AddField("duty", "about", models.CharField(default="", max_length=120)),
        LedgerSchema(
            "duties_duty",
            add={
                "due_workdays": None,
                "counted_from": None,
                "waived_by": None,
                "waived_under": "",
                "about": "",
            },
        ),
    ]
