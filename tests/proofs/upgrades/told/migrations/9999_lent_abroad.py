from django.db import migrations

from baomi.engine.schema_change import LedgerSchema
from tests.proofs.upgrades.version import COLUMN, NEWEST, TABLE, field


class Migration(migrations.Migration):
    dependencies = [("custody", NEWEST)]
    operations = [
        migrations.AddField("paper", COLUMN, field()),
        LedgerSchema(TABLE, add={COLUMN: False}),
    ]
