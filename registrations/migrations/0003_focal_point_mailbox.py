from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Saving derives the mailbox from the address."""
    for delegation in apps.get_model("registrations", "Delegation").objects.iterator():
        delegation.save(update_fields=["focal_point_mailbox"])


class Migration(migrations.Migration):
    dependencies = [("registrations", "0002_delegation_page")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
