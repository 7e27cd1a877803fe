"""What is derived is made for the rows that stand already: the index of titles, copies' levels."""

from itertools import islice

from django.db import migrations
from django.db.models import OuterRef, Subquery

from baomi.registers.custody.titles import pairs_of, shadow_of

AT_ONCE = 500


def enter(apps, schema_editor):
    alias = schema_editor.connection.alias
    paper, shadow, pair = (
        apps.get_model("custody", name)._default_manager.using(alias)
        for name in ("Paper", "TitleShadow", "TitlePair")
    )
    waiting = iter(paper.order_by("id").values_list("id", "title", "issuer", "number"))
    while part := list(islice(waiting, AT_ONCE)):
        shadows = {key: shadow_of(*texts) for key, *texts in part}
        shadow.bulk_create(shadow.model(paper=key, folded=text) for key, text in shadows.items())
        pair.bulk_create(
            [
                pair.model(pair=each, paper=key)
                for key, text in shadows.items()
                for each in pairs_of(text)
            ],
            batch_size=5000,
        )


def copy_levels(apps, schema_editor):
    alias = schema_editor.connection.alias
    paper, copy = (
        apps.get_model("custody", name)._default_manager.using(alias) for name in ("Paper", "Copy")
    )
    copy.update(level=Subquery(paper.filter(id=OuterRef("paper_id")).values("level")[:1]))


def forget(apps, schema_editor):
    alias = schema_editor.connection.alias
    for name in ("TitleShadow", "TitlePair"):
        apps.get_model("custody", name)._default_manager.using(alias).all().delete()


class Migration(migrations.Migration):
    dependencies = [("custody", "0004_reading")]
    operations = [
        migrations.RunPython(enter, forget),
        migrations.RunPython(copy_levels, migrations.RunPython.noop),
    ]
