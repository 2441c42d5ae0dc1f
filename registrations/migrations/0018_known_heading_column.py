from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registrations", "0017_expected_lists")]

    operations = [migrations.AlterField("knownheading", "column", models.CharField(max_length=60, verbose_name="column"))]
