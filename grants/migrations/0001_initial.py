
import django.core.validators
import django.db.models.deletion
import djmoney.models.fields
import djmoney.money
import grants.models.support
import web.clock
import web.models.code
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('ledger', '0001_initial'),
        ('web', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Criterion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(verbose_name='order')),
                ('kind', models.CharField(choices=[('k', 'yes or no'), ('w', 'weighed')], max_length=1)),
                ('title', models.CharField(max_length=80, verbose_name='title')),
                ('title_en', models.CharField(blank=True, max_length=80)),
                ('text', models.TextField(verbose_name='text')),
                ('text_en', models.TextField(blank=True)),
                ('weighs_support', models.BooleanField(default=False, help_text='Then residents are told of the page and the poster with which they ask their neighbours.', verbose_name='about the support of neighbours')),
            ],
            options={
                'verbose_name': 'criterion',
                'verbose_name_plural': 'criteria',
                'ordering': ('scheme', 'order'),
            },
        ),
        migrations.CreateModel(
            name='HelpingOrganisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, unique=True, verbose_name='name')),
                ('paid_by', models.CharField(help_text='As people say it: the municipality of Waterveen.', max_length=120, verbose_name='who pays the helpers')),
                ('phone', models.CharField(max_length=40, verbose_name='phone')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
            ],
            options={
                'verbose_name': 'helping organisation',
                'verbose_name_plural': 'helping organisations',
                'ordering': ('name',),
            },
        ),
        migrations.CreateModel(
            name='Application',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('draft', 'draft'), ('submitted', 'sent'), ('returned', 'back with the residents'), ('complete', 'complete'), ('judged', 'judged'), ('granted', 'granted'), ('declined', 'declined'), ('not_handled', 'not handled'), ('referred', 'referred'), ('withdrawn', 'withdrawn'), ('closed', 'closed')], default='draft', editable=False, max_length=11)),
                ('asked_currency', djmoney.models.fields.CurrencyField(choices=[('EUR', 'Euro')], default='EUR', editable=False, max_length=3, null=True)),
                ('asked', djmoney.models.fields.MoneyField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='asked')),
                ('granted_currency', djmoney.models.fields.CurrencyField(choices=[('EUR', 'Euro')], default='EUR', editable=False, max_length=3, null=True)),
                ('granted', djmoney.models.fields.MoneyField(blank=True, decimal_places=2, editable=False, max_digits=12, null=True, verbose_name='granted')),
                ('frozen_duties', models.JSONField(editable=False, null=True)),
                ('frozen_page', models.JSONField(editable=False, null=True)),
                ('case_number', models.CharField(blank=True, help_text="The number in the municipality's own system.", max_length=60, verbose_name='case number')),
                ('received_on', models.DateField(blank=True, null=True, verbose_name='received on')),
                ('submitted_at', models.DateTimeField(editable=False, null=True, verbose_name='sent at')),
                ('complete_at', models.DateTimeField(editable=False, null=True, verbose_name='complete since')),
                ('answer_by', models.DateField(editable=False, null=True, verbose_name='answer by')),
                ('imported', models.BooleanField(default=False, editable=False, verbose_name='taken over from another register')),
                ('import_key', models.CharField(blank=True, editable=False, max_length=80)),
                ('officer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='has_applications', to='web.person')),
            ],
            options={
                'verbose_name': 'application',
                'verbose_name_plural': 'applications',
            },
        ),
        migrations.CreateModel(
            name='Area',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=10, verbose_name='code')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('kind', models.CharField(choices=[('gm', 'municipality'), ('wk', 'district'), ('bu', 'neighbourhood')], max_length=2, verbose_name='kind')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('municipality_code', models.CharField(max_length=6)),
                ('municipality_name', models.CharField(max_length=80, verbose_name='municipality')),
                ('district_code', models.CharField(blank=True, max_length=8)),
                ('inhabitants', models.PositiveIntegerField(blank=True, null=True, verbose_name='inhabitants')),
                ('source', models.CharField(blank=True, max_length=40, verbose_name='source')),
            ],
            options={
                'verbose_name': 'area',
                'verbose_name_plural': 'areas',
                'ordering': ('municipality_name', 'name', '-year'),
                'constraints': [models.UniqueConstraint(fields=('code', 'year'), name='a_code_is_used_once_a_year'), models.CheckConstraint(condition=models.Q(models.Q(('code__startswith', 'GM'), ('kind', 'gm')), models.Q(('code__startswith', 'WK'), ('kind', 'wk')), models.Q(('code__startswith', 'BU'), ('kind', 'bu')), _connector='OR'), name='a_code_says_what_kind_of_area_it_is'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'bu'), _negated=True), models.Q(('district_code', ''), _negated=True), _connector='OR'), name='a_neighbourhood_lies_in_a_district')],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.CharField(choices=[('granted', 'granted'), ('partly', 'granted in part'), ('declined', 'declined'), ('fixed', 'fixed')], max_length=8)),
                ('amount_currency', djmoney.models.fields.CurrencyField(choices=[('EUR', 'Euro')], default='EUR', editable=False, max_length=3)),
                ('amount', djmoney.models.fields.MoneyField(decimal_places=2, default=djmoney.money.Money(0, 'EUR'), max_digits=12, verbose_name='amount')),
                ('year', models.PositiveSmallIntegerField()),
                ('sequence', models.PositiveIntegerField()),
                ('at', models.DateTimeField(default=web.clock.now)),
                ('reason', models.TextField(blank=True, verbose_name='why')),
                ('possible', models.TextField(blank=True, verbose_name='what would be possible')),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='grants.application')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='web.person')),
                ('funder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='web.funder')),
                ('grounds', models.ManyToManyField(related_name='+', to='grants.criterion')),
            ],
            options={
                'verbose_name': 'decision',
                'verbose_name_plural': 'decisions',
                'ordering': ('at', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='Grant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fixed_on', models.DateField(blank=True, null=True, verbose_name='fixed on')),
                ('stopped_on', models.DateField(blank=True, null=True, verbose_name="it isn't happening since")),
                ('application', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='grant', to='grants.application')),
                ('commitment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='grant', to='ledger.commitment')),
                ('decision', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='grant', to='grants.decision')),
            ],
            options={
                'verbose_name': 'grant',
                'verbose_name_plural': 'grants',
            },
        ),
        migrations.CreateModel(
            name='Helper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('leads', models.BooleanField(default=False, verbose_name='leads the helpers')),
                ('began_at', models.DateTimeField(default=web.clock.now, editable=False)),
                ('ended_at', models.DateTimeField(editable=False, null=True)),
                ('invited_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='web.person')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='helps', to='web.person')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='helpers', to='grants.helpingorganisation')),
            ],
            options={
                'verbose_name': 'helper',
            },
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('event', models.CharField(max_length=40)),
                ('subject', models.CharField(max_length=200)),
                ('text', models.TextField()),
                ('pdf', models.BinaryField()),
                ('written_at', models.DateTimeField(default=web.clock.now)),
                ('by_post', models.BooleanField(default=False, editable=False)),
                ('posted_at', models.DateTimeField(editable=False, null=True)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='grants.application')),
                ('mail', models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='letter', to='web.mail')),
                ('posted_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='web.person')),
                ('to', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='web.person')),
            ],
            options={
                'verbose_name': 'letter',
                'ordering': ('written_at', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='Plan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(blank=True, max_length=120, verbose_name='name of the plan')),
                ('group_name', models.CharField(blank=True, max_length=200, verbose_name='name of the group')),
                ('legal_form', models.CharField(choices=[('informal', 'neighbours together'), ('association', 'association'), ('foundation', 'foundation'), ('cooperative', 'cooperative')], default='informal', editable=False, max_length=11, verbose_name='kind of group')),
                ('what', models.TextField(blank=True, verbose_name='What are you going to do?')),
                ('why_good', models.TextField(blank=True, verbose_name='Why is this good for the neighbourhood?')),
                ('who_joins', models.TextField(blank=True, verbose_name='Who takes part?')),
                ('own_input', models.TextField(blank=True, verbose_name='What do you bring yourselves?')),
                ('neighbours', models.TextField(blank=True, verbose_name='How do other neighbours know? And how can they join?')),
                ('where_when', models.TextField(blank=True, verbose_name='Where and when is it?')),
                ('permission', models.CharField(blank=True, choices=[('yes', 'Yes'), ('no', 'No'), ('dont_know', "I don't know")], max_length=9, verbose_name='Is permission or a permit needed?')),
                ('series', models.BigIntegerField(editable=False, null=True)),
                ('changed', models.TextField(blank=True, verbose_name='What is different this time?')),
                ('shared_since', models.DateTimeField(editable=False, null=True)),
                ('salt', models.CharField(default=web.models.code.easy_code, editable=False, max_length=12)),
                ('created_at', models.DateTimeField(default=web.clock.now, editable=False)),
                ('saved_at', models.DateTimeField(default=web.clock.now, editable=False)),
                ('area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='grants.area', verbose_name='neighbourhood')),
                ('follows', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='followed_by', to='grants.plan')),
                ('purse', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='plan', to='ledger.purse')),
            ],
            options={
                'verbose_name': 'plan',
            },
        ),
        migrations.CreateModel(
            name='Partner',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.CharField(max_length=120, verbose_name='organisation')),
                ('kind', models.CharField(choices=[('school', 'school'), ('welfare', 'welfare work'), ('housing', 'housing corporation'), ('police', 'police'), ('club', 'club or association'), ('business', 'shop or company'), ('other', 'another organisation')], max_length=8, verbose_name='kind')),
                ('brings', models.CharField(max_length=300, verbose_name='what they bring')),
                ('amount_currency', djmoney.models.fields.CurrencyField(choices=[('EUR', 'Euro')], default='EUR', editable=False, max_length=3, null=True)),
                ('amount', djmoney.models.fields.MoneyField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='worth about')),
                ('asked_by_mail', models.BooleanField(default=False, editable=False)),
                ('added_at', models.DateTimeField(default=web.clock.now, editable=False)),
                ('confirmed_at', models.DateTimeField(editable=False, null=True)),
                ('declined_at', models.DateTimeField(editable=False, null=True)),
                ('contact', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='partnerships', to='web.person')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='partners', to='grants.plan')),
            ],
            options={
                'verbose_name': 'partner',
                'ordering': ('pk',),
            },
        ),
        migrations.CreateModel(
            name='Member',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('first', 'first contact'), ('money', 'treasurer of the group'), ('member', 'member')], default='member', max_length=6)),
                ('joined_at', models.DateTimeField(editable=False, null=True)),
                ('handover_offered_at', models.DateTimeField(editable=False, null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='web.person')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='grants.plan')),
            ],
            options={
                'verbose_name': 'member',
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(choices=[('join', 'join the group'), ('enter', 'come in with a code on paper'), ('confirm', 'confirm as a partner'), ('yes', 'say that this is the plan'), ('help', 'let a helper in again'), ('bank', 'give bank details on a helper’s device')], max_length=7)),
                ('token_digest', models.CharField(editable=False, max_length=64, unique=True)),
                ('code_digest', models.CharField(db_index=True, editable=False, max_length=64)),
                ('made_at', models.DateTimeField(default=web.clock.now)),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(editable=False, null=True)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='web.person')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='web.person')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='grants.plan')),
            ],
            options={
                'verbose_name': 'invitation',
            },
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('how', models.CharField(choices=[('spoken', 'said to the helper, after hearing it'), ('page', 'on their own page'), ('code', 'with a code')], max_length=6)),
                ('paid_by', models.CharField(max_length=120)),
                ('given_at', models.DateTimeField(default=web.clock.now, editable=False)),
                ('until', models.DateField(verbose_name='until')),
                ('until_bank_details', models.BooleanField(default=True, verbose_name='until the bank details are in')),
                ('renewed_at', models.DateTimeField(editable=False, null=True)),
                ('ended_at', models.DateTimeField(editable=False, null=True)),
                ('ended_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='web.person')),
                ('given_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='web.person')),
                ('helper', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='grants.helper')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='grants.plan')),
            ],
            options={
                'verbose_name': 'consent to a helper',
            },
        ),
        migrations.CreateModel(
            name='BudgetLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(choices=[('cost', 'costs'), ('own', 'own money'), ('others', 'somebody else pays'), ('in_kind', 'given without money')], default='cost', max_length=7)),
                ('what', models.CharField(max_length=200, verbose_name='what')),
                ('who', models.CharField(blank=True, max_length=100, verbose_name='from whom')),
                ('amount_currency', djmoney.models.fields.CurrencyField(choices=[('EUR', 'Euro')], default='EUR', editable=False, max_length=3, null=True)),
                ('amount', djmoney.models.fields.MoneyField(blank=True, decimal_places=2, default=None, max_digits=12, null=True, verbose_name='amount')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='grants.plan')),
            ],
            options={
                'verbose_name': 'budget line',
                'ordering': ('plan', 'order'),
            },
        ),
        migrations.AddField(
            model_name='application',
            name='plan',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='applications', to='grants.plan'),
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=web.clock.now)),
                ('strong', models.TextField(blank=True, verbose_name='What is strong about this plan?')),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='grants.application')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='web.person')),
            ],
            options={
                'verbose_name': 'review',
                'ordering': ('-at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='Judgement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verdict', models.CharField(choices=[('yes', 'yes'), ('no', 'no'), ('good', 'good'), ('enough', 'enough'), ('not_yet', 'not yet')], max_length=7)),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
                ('criterion', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='grants.criterion')),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='judgements', to='grants.review')),
            ],
            options={
                'verbose_name': 'judgement',
                'ordering': ('criterion__order',),
            },
        ),
        migrations.CreateModel(
            name='Scheme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(unique=True)),
                ('title', models.CharField(max_length=100, verbose_name='title')),
                ('title_en', models.CharField(blank=True, max_length=100)),
                ('purpose', models.TextField(verbose_name='what it is for')),
                ('purpose_en', models.TextField(blank=True)),
                ('who_may_ask', models.TextField(verbose_name='who may ask')),
                ('who_may_ask_en', models.TextField(blank=True)),
                ('who_decides', models.TextField(verbose_name='who decides')),
                ('who_decides_en', models.TextField(blank=True)),
                ('responsible', models.TextField(help_text='Insurance, safety, upkeep.', verbose_name='who is responsible')),
                ('responsible_en', models.TextField(blank=True)),
                ('minimum_currency', djmoney.models.fields.CurrencyField(choices=[('EUR', 'Euro')], default='EUR', editable=False, max_length=3)),
                ('minimum', djmoney.models.fields.MoneyField(decimal_places=2, default=djmoney.money.Money(50, 'EUR'), max_digits=12, verbose_name='at least')),
                ('maximum_currency', djmoney.models.fields.CurrencyField(choices=[('EUR', 'Euro')], default='EUR', editable=False, max_length=3)),
                ('maximum', djmoney.models.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='at most')),
                ('opens_on', models.DateField(verbose_name='open from')),
                ('closes_on', models.DateField(blank=True, null=True, verbose_name='open until')),
                ('members_at_least', models.PositiveSmallIntegerField(default=1, validators=[django.core.validators.MinValueValidator(1)], verbose_name='how many people ask together, at least')),
                ('different_addresses', models.BooleanField(default=False, help_text='Each of them lives at another address.', verbose_name='from different addresses')),
                ('mailbox', models.EmailField(blank=True, help_text="Empty: the funder's mailbox.", max_length=254, verbose_name='mailbox')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='published at')),
                ('areas', models.ManyToManyField(blank=True, help_text='Empty: wherever the funder works.', related_name='schemes', to='grants.area')),
                ('budgets', models.ManyToManyField(blank=True, related_name='schemes', to='ledger.budget')),
                ('funder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='schemes', to='web.funder')),
            ],
            options={
                'verbose_name': 'scheme',
                'verbose_name_plural': 'schemes',
            },
        ),
        migrations.CreateModel(
            name='Idea',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(verbose_name='your idea')),
                ('came_from', models.CharField(choices=[('residents', 'People who live here'), ('organisation', 'An organisation'), ('municipality', 'The municipality')], max_length=12, verbose_name='who came up with it')),
                ('where', models.CharField(blank=True, max_length=100, verbose_name='where')),
                ('salt', models.CharField(default=web.models.code.easy_code, editable=False, max_length=12)),
                ('told_at', models.DateTimeField(default=web.clock.now, editable=False)),
                ('answer_by', models.DateField(editable=False)),
                ('answer', models.TextField(blank=True, verbose_name='answer')),
                ('answered_at', models.DateTimeField(editable=False, null=True)),
                ('erased_at', models.DateTimeField(editable=False, null=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answered_ideas', to='web.person')),
                ('funder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ideas', to='web.funder')),
                ('teller', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ideas', to='web.person')),
                ('plan', models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='idea', to='grants.plan')),
                ('scheme', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='ideas', to='grants.scheme')),
            ],
            options={
                'verbose_name': 'idea',
                'verbose_name_plural': 'ideas',
            },
        ),
        migrations.CreateModel(
            name='Exclusion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(verbose_name='order')),
                ('text', models.CharField(max_length=200, verbose_name='text')),
                ('text_en', models.CharField(blank=True, max_length=200)),
                ('words', models.CharField(blank=True, help_text='A budget line with one of these words shows this exclusion beside it: beer, wine.', max_length=200, verbose_name='words')),
                ('scheme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='exclusions', to='grants.scheme')),
            ],
            options={
                'verbose_name': 'exclusion',
                'ordering': ('scheme', 'order'),
            },
        ),
        migrations.AddField(
            model_name='criterion',
            name='scheme',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='criteria', to='grants.scheme'),
        ),
        migrations.AddField(
            model_name='application',
            name='scheme',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='applications', to='grants.scheme'),
        ),
        migrations.CreateModel(
            name='Scribe',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('helper', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='wrote', to='grants.helper')),
                ('plan', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='scribe', to='grants.plan')),
            ],
            options={
                'verbose_name': 'who wrote it down',
            },
        ),
        migrations.CreateModel(
            name='Sheet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('picture', models.ImageField(editable=False, height_field='height', max_length=200, upload_to='plans/%Y/%m/', width_field='width')),
                ('width', models.PositiveIntegerField(editable=False)),
                ('height', models.PositiveIntegerField(editable=False)),
                ('file', models.CharField(editable=False, max_length=64)),
                ('page', models.PositiveSmallIntegerField(editable=False)),
                ('is_document', models.BooleanField(editable=False)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sheets', to='grants.plan')),
            ],
            options={
                'verbose_name': 'sheet with a plan',
                'verbose_name_plural': 'sheets with plans',
                'ordering': ('pk',),
            },
        ),
        migrations.CreateModel(
            name='Story',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('worked', models.CharField(choices=[('yes', 'Yes'), ('partly', 'Partly'), ('no', 'No')], max_length=6, verbose_name='Did it work?')),
                ('best', models.TextField(blank=True, verbose_name='What did you like best?')),
                ('left_over_currency', djmoney.models.fields.CurrencyField(choices=[('EUR', 'Euro')], default='EUR', editable=False, max_length=3, null=True)),
                ('left_over', djmoney.models.fields.MoneyField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='How much money is left, about?')),
                ('at', models.DateTimeField(default=web.clock.now)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stories', to='web.person')),
                ('plan', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='story', to='grants.plan')),
            ],
            options={
                'verbose_name': 'story',
                'verbose_name_plural': 'stories',
            },
        ),
        migrations.CreateModel(
            name='StoryPhoto',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('picture', models.FileField(max_length=200, upload_to='stories/%Y/%m/')),
                ('story', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='photos', to='grants.story')),
            ],
            options={
                'verbose_name': 'photo with a story',
            },
        ),
        migrations.CreateModel(
            name='Example',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('what', models.TextField(verbose_name='what they did')),
                ('amount_currency', djmoney.models.fields.CurrencyField(choices=[('EUR', 'Euro')], default='EUR', editable=False, max_length=3, null=True)),
                ('amount', djmoney.models.fields.MoneyField(blank=True, decimal_places=2, default=None, max_digits=12, null=True, verbose_name='amount')),
                ('shown_at', models.DateTimeField(default=web.clock.now, editable=False)),
                ('shown_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='web.person')),
                ('plan', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='example', to='grants.plan')),
                ('scheme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='examples', to='grants.scheme')),
                ('photos', models.ManyToManyField(blank=True, related_name='examples', to='grants.storyphoto')),
            ],
            options={
                'verbose_name': 'example',
                'verbose_name_plural': 'examples',
            },
        ),
        migrations.CreateModel(
            name='SupportPage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(default=grants.models.support.new_token, editable=False, max_length=16, unique=True)),
                ('is_open', models.BooleanField(default=True, editable=False)),
                ('opened_at', models.DateTimeField(default=web.clock.now, editable=False)),
                ('told_at', models.DateTimeField(editable=False, null=True)),
                ('plan', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='support_page', to='grants.plan')),
            ],
            options={
                'verbose_name': 'support page',
            },
        ),
        migrations.CreateModel(
            name='Support',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('joins', 'I join'), ('good', 'Good plan'), ('worry', 'I have a worry')], max_length=5)),
                ('message', models.TextField(blank=True, verbose_name='message')),
                ('mark', models.CharField(blank=True, editable=False, max_length=64)),
                ('said_at', models.DateTimeField(default=web.clock.now, editable=False)),
                ('changed_at', models.DateTimeField(editable=False, null=True)),
                ('answer', models.TextField(blank=True, verbose_name='what we did with it')),
                ('answered_at', models.DateTimeField(editable=False, null=True)),
                ('erased_at', models.DateTimeField(editable=False, null=True)),
                ('answered_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='web.person')),
                ('neighbour', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='support', to='web.person')),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='support', to='grants.supportpage')),
            ],
            options={
                'verbose_name': 'neighbour’s support',
            },
        ),
        migrations.CreateModel(
            name='Track',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('snel', 'Quick'), ('klein', 'Small'), ('middel', 'Medium'), ('groei', 'Growth')], max_length=6)),
                ('up_to_currency', djmoney.models.fields.CurrencyField(choices=[('EUR', 'Euro')], default='EUR', editable=False, max_length=3)),
                ('up_to', djmoney.models.fields.MoneyField(decimal_places=2, max_digits=12, verbose_name='up to')),
                ('questions', models.PositiveSmallIntegerField(choices=[(4, '4'), (8, '8')], verbose_name='questions')),
                ('answer_within', models.PositiveSmallIntegerField(verbose_name='answer within')),
                ('answer_unit', models.CharField(choices=[('days', 'working days'), ('weeks', 'weeks')], max_length=5)),
                ('fixed_at_once', models.BooleanField(help_text='Never asked back for being unspent (Awb 4:49).', verbose_name='fixed at once')),
                ('story_questions', models.PositiveSmallIntegerField(choices=[(1, '1'), (3, '3')], verbose_name='questions afterwards')),
                ('asks_overview', models.BooleanField(default=False, verbose_name='asks an overview of the spending')),
                ('scheme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tracks', to='grants.scheme')),
            ],
            options={
                'verbose_name': 'track',
                'ordering': ('scheme', 'up_to'),
            },
        ),
        migrations.CreateModel(
            name='Wait',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_on', models.DateField(default=web.clock.today)),
                ('until', models.DateField()),
                ('stops_clock', models.BooleanField(default=True)),
                ('answer_by_before', models.DateField()),
                ('ended_on', models.DateField(null=True)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='waits', to='grants.application')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='web.person')),
            ],
            options={
                'verbose_name': 'waiting for the residents',
                'ordering': ('-pk',),
            },
        ),
        migrations.CreateModel(
            name='Enquiry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.TextField(verbose_name='question')),
                ('answer', models.TextField(blank=True, verbose_name='answer')),
                ('answered_at', models.DateTimeField(null=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='web.person')),
                ('noted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='web.person')),
                ('wait', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='enquiry', to='grants.wait')),
            ],
            options={
                'verbose_name': 'question',
            },
        ),
        migrations.CreateModel(
            name='Completion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('missing', models.JSONField(default=list)),
                ('explanation', models.TextField(blank=True, verbose_name='in eigen woorden')),
                ('reason', models.TextField(blank=True, verbose_name='waarom nog een keer')),
                ('before', models.JSONField(default=dict)),
                ('after', models.JSONField(default=dict)),
                ('completed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='web.person')),
                ('wait', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='completion', to='grants.wait')),
            ],
            options={
                'verbose_name': 'completion',
            },
        ),
        migrations.CreateModel(
            name='AreaPostcode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digits', models.CharField(db_index=True, max_length=4)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='postcodes', to='grants.area')),
            ],
            options={
                'verbose_name': 'postcode of an area',
                'constraints': [models.UniqueConstraint(fields=('area', 'digits'), name='a_postcode_stands_once_at_an_area')],
            },
        ),
        migrations.CreateModel(
            name='Confirmation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('how', models.CharField(choices=[('here', 'with their name, on the helper’s device'), ('link', 'with the link from our mail'), ('code', 'with a code, read out to the helper'), ('paper', 'with a signature on paper')], max_length=5)),
                ('name', models.CharField(blank=True, max_length=200, verbose_name='name as it was typed')),
                ('statement', models.TextField(blank=True, verbose_name='what the helper states')),
                ('picture', models.FileField(blank=True, max_length=200, upload_to='signatures/%Y/%m/')),
                ('at', models.DateTimeField(default=web.clock.now, editable=False)),
                ('application', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='confirmation', to='grants.application')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='web.person')),
                ('on_behalf_of', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='web.person')),
            ],
            options={
                'verbose_name': 'confirmation',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('how', 'link'), ('on_behalf_of', None)), models.Q(models.Q(('how', 'link'), _negated=True), ('on_behalf_of__isnull', False)), _connector='OR'), name='only_by_link_without_a_helper')],
            },
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.UniqueConstraint(fields=('funder', 'year', 'sequence'), name='a_decision_number_is_used_once'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.UniqueConstraint(condition=models.Q(('outcome__in', ['granted', 'partly', 'declined'])), fields=('application',), name='one_first_decision_per_application'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'declined'), _negated=True), models.Q(('possible', ''), _negated=True), _connector='OR'), name='declining_says_what_would_be_possible'),
        ),
        migrations.AddConstraint(
            model_name='helper',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('person',), name='a_person_helps_at_one_organisation'),
        ),
        migrations.AddIndex(
            model_name='letter',
            index=models.Index(condition=models.Q(('by_post', True), ('posted_at', None)), fields=['written_at'], name='letters_to_post'),
        ),
        migrations.AddConstraint(
            model_name='partner',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_at', None), ('declined_at', None), _connector='OR'), name='a_partner_says_yes_or_no'),
        ),
        migrations.AddConstraint(
            model_name='partner',
            constraint=models.UniqueConstraint(fields=('contact',), name='a_contact_speaks_for_one_partner'),
        ),
        migrations.AddConstraint(
            model_name='member',
            constraint=models.UniqueConstraint(fields=('plan', 'person'), name='a_person_joins_a_plan_once'),
        ),
        migrations.AddConstraint(
            model_name='member',
            constraint=models.UniqueConstraint(condition=models.Q(('role', 'first')), fields=('plan',), name='one_first_contact_per_plan'),
        ),
        migrations.AddConstraint(
            model_name='member',
            constraint=models.UniqueConstraint(condition=models.Q(('role', 'money')), fields=('plan',), name='one_treasurer_per_plan'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('plan', 'helper'), name='one_consent_per_helper_and_plan'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ended_by', None)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='somebody_ended_the_consent'),
        ),
        migrations.AddConstraint(
            model_name='budgetline',
            constraint=models.UniqueConstraint(fields=('plan', 'order'), name='one_budget_line_per_place'),
        ),
        migrations.AddConstraint(
            model_name='budgetline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('amount', None), ('kind', 'in_kind')), models.Q(models.Q(('kind', 'in_kind'), _negated=True), ('amount__gt', 0)), _connector='OR'), name='money_is_more_than_nothing_and_hours_are_no_money'),
        ),
        migrations.AddConstraint(
            model_name='judgement',
            constraint=models.UniqueConstraint(fields=('review', 'criterion'), name='a_criterion_is_judged_once_a_review'),
        ),
        migrations.AddConstraint(
            model_name='judgement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('verdict__in', ['no', 'not_yet']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='a_no_has_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='scheme',
            constraint=models.CheckConstraint(condition=models.Q(('maximum__gte', models.F('minimum'))), name='at_most_is_not_below_at_least'),
        ),
        migrations.AddConstraint(
            model_name='scheme',
            constraint=models.CheckConstraint(condition=models.Q(('closes_on', None), ('closes_on__gte', models.F('opens_on')), _connector='OR'), name='a_scheme_closes_after_it_opens'),
        ),
        migrations.AddIndex(
            model_name='idea',
            index=models.Index(fields=['funder', 'answered_at', 'answer_by'], name='ideas_to_answer'),
        ),
        migrations.AddConstraint(
            model_name='exclusion',
            constraint=models.UniqueConstraint(fields=('scheme', 'order'), name='one_exclusion_per_place'),
        ),
        migrations.AddConstraint(
            model_name='criterion',
            constraint=models.UniqueConstraint(fields=('scheme', 'order'), name='one_criterion_per_place'),
        ),
        migrations.AddIndex(
            model_name='application',
            index=models.Index(fields=['scheme', 'status', 'answer_by', 'id'], name='inbox_due_first'),
        ),
        migrations.AddIndex(
            model_name='application',
            index=models.Index(fields=['officer', 'status'], name='on_an_officers_desk'),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(('granted', None), ('imported', True), ('granted__lte', models.F('asked')), _connector='OR'), name='never_more_than_asked'),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(('status', 'draft'), models.Q(('asked__isnull', False), ('received_on__isnull', False)), _connector='OR'), name='sent_with_an_amount_and_a_date'),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.UniqueConstraint(fields=('plan', 'scheme'), name='a_plan_asks_a_scheme_once'),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.UniqueConstraint(condition=models.Q(('import_key', ''), _negated=True), fields=('scheme', 'import_key'), name='a_register_row_is_taken_over_once'),
        ),
        migrations.AddConstraint(
            model_name='sheet',
            constraint=models.UniqueConstraint(fields=('plan', 'file', 'page'), name='a_page_is_with_a_plan_once'),
        ),
        migrations.AddConstraint(
            model_name='support',
            constraint=models.UniqueConstraint(condition=models.Q(('mark', ''), _negated=True), fields=('page', 'mark'), name='a_neighbour_counts_once_a_plan'),
        ),
        migrations.AddConstraint(
            model_name='support',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'worry'), models.Q(('answer', ''), ('answered_at', None)), _connector='OR'), name='only_a_worry_is_answered'),
        ),
        migrations.AddConstraint(
            model_name='track',
            constraint=models.UniqueConstraint(fields=('scheme', 'kind'), name='one_track_of_a_kind'),
        ),
        migrations.AddConstraint(
            model_name='wait',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_on', None)), fields=('application',), name='one_wait_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='wait',
            constraint=models.CheckConstraint(condition=models.Q(('until__gt', models.F('asked_on'))), name='a_wait_has_days_to_answer'),
        ),
        migrations.AddConstraint(
            model_name='completion',
            constraint=models.CheckConstraint(condition=models.Q(('number', 1), models.Q(('reason', ''), _negated=True), _connector='OR'), name='a_second_return_has_a_reason'),
        ),
    ]
