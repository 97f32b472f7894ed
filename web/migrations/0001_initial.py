
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import djmoney.models.fields
import web.clock
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='Deed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=web.clock.now)),
                ('verb', models.CharField(max_length=40)),
                ('thing', models.CharField(max_length=60)),
                ('thing_id', models.CharField(max_length=40)),
                ('thread', models.BigIntegerField(null=True)),
                ('strand', models.BigIntegerField(null=True)),
                ('fields', models.JSONField(default=list)),
            ],
            options={
                'verbose_name': 'deed',
                'verbose_name_plural': 'deeds',
            },
        ),
        migrations.CreateModel(
            name='Funder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('slug', models.SlugField(unique=True)),
                ('regime', models.CharField(choices=[('awb', 'public body (Awb)'), ('private', 'private fund')], default='awb', max_length=8)),
                ('acts_for', models.CharField(blank=True, help_text='Stands under every decision (Awb 10:10), for instance: the mayor and aldermen of Waterveen.', max_length=200, verbose_name='on whose behalf')),
                ('mailbox', models.EmailField(help_text='Answers to our mails go here (Reply-To).', max_length=254, verbose_name='mailbox')),
                ('phone', models.CharField(max_length=40, verbose_name='phone')),
                ('address', models.TextField(blank=True, verbose_name='address')),
                ('privacy', models.TextField(blank=True, verbose_name='privacy')),
                ('privacy_en', models.TextField(blank=True)),
                ('accessibility', models.TextField(blank=True, verbose_name='accessibility statement')),
                ('accessibility_en', models.TextField(blank=True)),
                ('complaints', models.TextField(blank=True, verbose_name='complaints')),
                ('complaints_en', models.TextField(blank=True)),
                ('decider_may_pay', models.BooleanField(default=False, help_text="Only for a fund of one person. The auditor's pages show it.", verbose_name='who decides may also pay')),
                ('answers_ideas_within', models.PositiveSmallIntegerField(default=5, help_text='Working days. Stands on the page where people tell an idea.', validators=[django.core.validators.MinValueValidator(1)], verbose_name='answers an idea within')),
            ],
            options={
                'verbose_name': 'funder',
                'ordering': ('name',),
            },
        ),
        migrations.CreateModel(
            name='DeedDetail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('values', models.JSONField(default=dict)),
                ('deed', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='detail', to='web.deed')),
            ],
            options={
                'verbose_name': 'detail of a deed',
            },
        ),
        migrations.AddField(
            model_name='deed',
            name='funder',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='web.funder'),
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(blank=True, max_length=200, verbose_name='name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='phone')),
                ('postcode', models.CharField(blank=True, max_length=7, verbose_name='postcode')),
                ('house_number', models.CharField(blank=True, max_length=20, verbose_name='house number')),
                ('reached_by', models.CharField(choices=[('mail', 'e-mail'), ('phone', 'phone'), ('post', 'post')], default='mail', max_length=5)),
                ('language', models.CharField(default='nl', max_length=2)),
                ('is_the_system', models.BooleanField(default=False, editable=False)),
                ('created_at', models.DateTimeField(default=web.clock.now, editable=False)),
                ('erased_at', models.DateTimeField(editable=False, null=True)),
                ('became', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='was', to='web.person')),
            ],
            options={
                'verbose_name': 'person',
                'verbose_name_plural': 'people',
            },
        ),
        migrations.CreateModel(
            name='Mail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.EmailField(max_length=254)),
                ('reply_to', models.EmailField(blank=True, max_length=254)),
                ('subject', models.CharField(max_length=200)),
                ('text', models.TextField()),
                ('attachment', models.BinaryField(null=True)),
                ('attachment_name', models.CharField(blank=True, max_length=100)),
                ('written_at', models.DateTimeField(default=web.clock.now)),
                ('not_before', models.DateTimeField(default=web.clock.now)),
                ('sent_at', models.DateTimeField(null=True)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('trouble', models.CharField(blank=True, max_length=200)),
                ('to', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mails', to='web.person')),
            ],
            options={
                'verbose_name': 'mail',
            },
        ),
        migrations.AddField(
            model_name='deed',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deeds', to='web.person'),
        ),
        migrations.AddField(
            model_name='deed',
            name='on_behalf_of',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deeds_done_for', to='web.person'),
        ),
        migrations.CreateModel(
            name='Code',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(max_length=40)),
                ('address', models.EmailField(max_length=254)),
                ('digest', models.CharField(max_length=64)),
                ('made_at', models.DateTimeField(default=web.clock.now)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='codes', to='web.person')),
            ],
            options={
                'verbose_name': 'code',
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail')),
                ('is_active', models.BooleanField(default=True)),
                ('helps', models.BooleanField(default=False, editable=False)),
                ('is_staff', models.BooleanField(default=False, verbose_name='may use the set-up pages')),
                ('date_joined', models.DateTimeField(default=web.clock.now, editable=False)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='user', to='web.person')),
            ],
            options={
                'verbose_name': 'user',
            },
        ),
        migrations.CreateModel(
            name='Seat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('officer', 'officer'), ('panel', 'panel member'), ('decider', 'decider'), ('treasurer', 'treasurer'), ('fund_admin', 'fund admin'), ('auditor', 'auditor')], max_length=10, verbose_name='role')),
                ('mandate_currency', djmoney.models.fields.CurrencyField(choices=[('EUR', 'Euro')], default='EUR', editable=False, max_length=3, null=True)),
                ('mandate', djmoney.models.fields.MoneyField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='decides up to')),
                ('starts_on', models.DateField(default=web.clock.today, verbose_name='from')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='until')),
                ('funder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='web.funder')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='web.person')),
            ],
            options={
                'verbose_name': 'seat',
            },
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.UniqueConstraint(condition=models.Q(('is_the_system', True)), fields=('is_the_system',), name='only_one_system_person'),
        ),
        migrations.AddIndex(
            model_name='mail',
            index=models.Index(condition=models.Q(('sent_at', None)), fields=['id'], name='mail_waiting'),
        ),
        migrations.AddIndex(
            model_name='deed',
            index=models.Index(fields=['thread', 'at'], name='deeds_of_a_plan'),
        ),
        migrations.AddIndex(
            model_name='deed',
            index=models.Index(fields=['thing', 'thing_id'], name='deeds_about_a_thing'),
        ),
        migrations.AddIndex(
            model_name='code',
            index=models.Index(fields=['person', 'purpose'], name='codes_of_a_person'),
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='one_user_per_address'),
        ),
        migrations.AddConstraint(
            model_name='seat',
            constraint=models.UniqueConstraint(fields=('person', 'funder', 'role', 'starts_on'), name='one_seat_per_role'),
        ),
        migrations.AddConstraint(
            model_name='seat',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='a_seat_ends_after_it_starts'),
        ),
    ]
