from django.db import migrations, models

from baomi.engine.schema_change import LedgerSchema


class Migration(migrations.Migration):
    dependencies = [("custody", "0001_initial")]
    operations = [
        migrations.AddField("paper", "copy_forbidden", models.BooleanField(default=False)),
        LedgerSchema("custody_paper", add={"copy_forbidden": False}),
    ]
