from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registrations", "0014_question")]

    operations = [migrations.AlterField("knownheading", "column", models.CharField(max_length=60))]
