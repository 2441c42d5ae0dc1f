import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('registrations', '0012_history_of_meetings'),
    ]

    operations = [
        migrations.AddField(
            model_name='historyentry',
            name='entity',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='history', to='registrations.entity', verbose_name='State or organization'),
        ),
        migrations.AlterField(
            model_name='historyentry',
            name='door',
            field=models.CharField(choices=[('public form', 'sign-up form'), ('own page', 'participant’s page'), ('delegation page', 'delegation’s page'), ('desk', 'desk'), ('calendar', 'calendar’s answer'), ('automatic', 'automatic'), ('command', 'command on the server')], max_length=20, verbose_name='through'),
        ),
        migrations.AlterField(
            model_name='historyentry',
            name='meeting',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='history', to='registrations.meeting', verbose_name='meeting'),
        ),
    ]
