import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('registrations', '0015_adapted_texts'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='knownheading',
            options={'verbose_name': 'heading of a list', 'verbose_name_plural': 'headings of lists'},
        ),
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
        migrations.AlterField(
            model_name='knownheading',
            name='column',
            field=models.CharField(max_length=40, verbose_name='column'),
        ),
        migrations.AlterField(
            model_name='knownheading',
            name='key',
            field=models.CharField(max_length=200, verbose_name='heading'),
        ),
    ]
