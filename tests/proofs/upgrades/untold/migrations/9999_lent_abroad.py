from django.db import migrations

from tests.proofs.upgrades.version import COLUMN, NEWEST, field


class Migration(migrations.Migration):
    dependencies = [("custody", NEWEST)]
    operations = [migrations.AddField("paper", COLUMN, field())]
