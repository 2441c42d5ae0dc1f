import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce

DOORS = {"public form": "public form", "participant": "own page", "focal point": "delegation page", "calendar": "calendar", "system": "automatic"}


def fill(apps, schema_editor):
    """The meeting is that of the delegation or of the type; the door could always be told by who it was."""
    HistoryEntry, Delegation, DelegationType = (apps.get_model("registrations", name) for name in ("HistoryEntry", "Delegation", "DelegationType"))
    of_delegation = Delegation.objects.filter(pk=OuterRef("delegation")).values("type__meeting")[:1]
    of_type = DelegationType.objects.filter(pk=OuterRef("type")).values("meeting")[:1]
    HistoryEntry.objects.update(meeting=Coalesce(Subquery(of_delegation), Subquery(of_type)), door="desk")
    for actor, door in DOORS.items():
        HistoryEntry.objects.filter(actor=actor, user=None).update(door=door)
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # otherwise the table cannot be altered in the same transaction


class Migration(migrations.Migration):

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('registrations', '0011_desk_membership'),
    ]

    operations = [
        migrations.AddField(
            model_name='historyentry',
            name='meeting',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='history', to='registrations.meeting', verbose_name='meeting'),
        ),
        migrations.AddField(
            model_name='historyentry',
            name='door',
            field=models.CharField(choices=[('public form', 'sign-up form'), ('own page', 'participant’s page'), ('delegation page', 'delegation’s page'), ('desk', 'desk'), ('calendar', 'calendar’s answer'), ('automatic', 'automatic')], default='desk', max_length=20, verbose_name='through'),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='historyentry',
            name='meeting',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='history', to='registrations.meeting', verbose_name='meeting'),
        ),
        migrations.AlterModelOptions(
            name='historyentry',
            options={'ordering': ['at', 'pk'], 'verbose_name': 'history entry', 'verbose_name_plural': 'history entries'},
        ),
        migrations.AddIndex(
            model_name='historyentry',
            index=models.Index(fields=['meeting', 'at'], name='registratio_meeting_e1f038_idx'),
        ),
    ]
