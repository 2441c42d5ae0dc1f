import registrations.models.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('registrations', '0012_history_of_meetings'),
    ]

    operations = [
        migrations.AddField(
            model_name='participant',
            name='institution',
            field=models.CharField(blank=True, max_length=250, verbose_name='institution'),
        ),
        migrations.AlterField(
            model_name='participant',
            name='search_text',
            field=registrations.models.fields.FoldedField(blank=True, default='', editable=False, of=('given_names', 'family_names', 'given_names', 'email', 'reference', 'institution')),
        ),
    ]
