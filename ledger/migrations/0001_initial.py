
import django.db.models.deletion
import django.db.models.expressions
import ledger.models.expense
import uuid
import web.clock
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('web', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Budget',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('ledger_account', models.CharField(blank=True, max_length=40, verbose_name='ledger account')),
                ('cost_centre', models.CharField(blank=True, max_length=40, verbose_name='cost centre')),
                ('task_field', models.CharField(blank=True, max_length=40, verbose_name='task field (taakveld)')),
                ('economic_category', models.CharField(blank=True, max_length=40, verbose_name='economic category (Iv3)')),
                ('council_decision', models.CharField(blank=True, max_length=120, verbose_name='council decision')),
                ('closed_on', models.DateField(blank=True, editable=False, null=True, verbose_name='closed on')),
                ('funder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='budgets', to='web.funder', verbose_name='funder')),
            ],
            options={
                'verbose_name': 'budget',
                'verbose_name_plural': 'budgets',
                'ordering': ('-year', 'name'),
            },
        ),
        migrations.CreateModel(
            name='Commitment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(editable=False, max_length=60, verbose_name='reference')),
                ('label', models.CharField(editable=False, max_length=200, verbose_name='what for')),
                ('thread', models.BigIntegerField(db_index=True, editable=False, null=True)),
                ('strand', models.BigIntegerField(editable=False, null=True)),
                ('page', models.CharField(blank=True, editable=False, max_length=200)),
                ('fixed_at_once', models.BooleanField(editable=False)),
                ('fixed_on', models.DateField(editable=False, null=True)),
                ('imported', models.BooleanField(default=False, editable=False)),
                ('promised_at', models.DateTimeField(default=web.clock.now, editable=False)),
                ('budget', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='commitments', to='ledger.budget')),
                ('decided_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='web.person')),
                ('group', models.ManyToManyField(editable=False, related_name='+', to='web.person')),
                ('holders', models.ManyToManyField(editable=False, related_name='commitments', to='web.person')),
            ],
            options={
                'verbose_name': 'commitment',
                'verbose_name_plural': 'commitments',
            },
        ),
        migrations.CreateModel(
            name='Account',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('funding', 'budget'), ('available', 'available'), ('reserved', 'reserved'), ('promised', 'promised'), ('on_its_way', 'on its way'), ('given', 'given'), ('advanced', 'advanced'), ('to_recover', 'to recover')], editable=False, max_length=10)),
                ('currency', models.CharField(default='EUR', editable=False, max_length=3)),
                ('may_go_negative', models.BooleanField(default=False, editable=False)),
                ('debits', models.BigIntegerField(default=0, editable=False)),
                ('credits', models.BigIntegerField(default=0, editable=False)),
                ('balance', models.GeneratedField(db_persist=True, expression=django.db.models.expressions.CombinedExpression(models.F('credits'), '-', models.F('debits')), output_field=models.BigIntegerField())),
                ('newest_transfer', models.BigIntegerField(default=0, editable=False)),
                ('budget', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='accounts', to='ledger.budget')),
                ('commitment', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='accounts', to='ledger.commitment')),
            ],
            options={
                'verbose_name': 'account',
                'verbose_name_plural': 'accounts',
            },
        ),
        migrations.CreateModel(
            name='KnownNumber',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('phone', models.CharField(blank=True, editable=False, max_length=40, verbose_name='phone')),
                ('commitment', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='known_numbers', to='ledger.commitment')),
                ('person', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='web.person')),
            ],
            options={
                'verbose_name': 'known number',
            },
        ),
        migrations.CreateModel(
            name='Payee',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('me', 'The contact of the group'), ('member', 'Someone else in the group'), ('organisation', 'An organisation that holds it for them')], max_length=12)),
                ('name', models.CharField(max_length=70, verbose_name='name on the account')),
                ('iban', models.CharField(max_length=34, verbose_name='IBAN')),
                ('bank', models.CharField(blank=True, editable=False, max_length=120)),
                ('typed_at', models.DateTimeField(default=web.clock.now, editable=False)),
                ('replaced_at', models.DateTimeField(editable=False, null=True)),
                ('needs_second_person', models.BooleanField(default=False, editable=False)),
                ('checked_at', models.DateTimeField(editable=False, null=True)),
                ('call_note', models.CharField(blank=True, editable=False, max_length=500, verbose_name='note of the call back')),
                ('name_check', models.CharField(choices=[('not_done', 'not done'), ('match', 'match'), ('almost', 'almost'), ('no', 'no match')], default='not_done', editable=False, max_length=8)),
                ('checked_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='web.person')),
                ('commitment', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='payees', to='ledger.commitment')),
                ('typed_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='web.person')),
            ],
            options={
                'verbose_name': 'payee',
            },
        ),
        migrations.CreateModel(
            name='Payment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(editable=False, max_length=35, verbose_name='number')),
                ('cents', models.BigIntegerField(editable=False)),
                ('status', models.CharField(choices=[('planned', 'planned'), ('on_its_way', 'on its way'), ('confirmed', 'paid'), ('came_back', 'came back'), ('dropped', 'not paid, released')], default='planned', editable=False, max_length=10)),
                ('planned_at', models.DateTimeField(default=web.clock.now, editable=False)),
                ('sent_at', models.DateTimeField(editable=False, null=True)),
                ('confirmed_on', models.DateField(editable=False, null=True)),
                ('came_back_on', models.DateField(editable=False, null=True)),
                ('reason', models.CharField(blank=True, editable=False, max_length=200, verbose_name='reason')),
                ('commitment', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='ledger.commitment')),
                ('payee', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='ledger.payee')),
                ('sent_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='web.person')),
            ],
            options={
                'verbose_name': 'payment',
                'verbose_name_plural': 'payments',
            },
        ),
        migrations.CreateModel(
            name='Posting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('kind', models.CharField(choices=[('raise', 'budget raised'), ('lower', 'budget lowered'), ('reserve', 'reserved'), ('unreserve', 'no longer reserved'), ('promise', 'promised'), ('promise_reserved', 'promised from what was reserved'), ('pay', 'put on its way'), ('confirm', 'paid'), ('came_back', 'came back from the bank'), ('fix', 'fixed'), ('given_already', 'given before, taken over'), ('reclaim', 'asked back'), ('recovered', 'paid back'), ('given_back', 'given back freely'), ('release', 'released'), ('reversal', 'counter-entry')], editable=False, max_length=20)),
                ('effective_date', models.DateField(default=web.clock.today, editable=False)),
                ('posted_at', models.DateTimeField(default=web.clock.now, editable=False)),
                ('document', models.CharField(blank=True, editable=False, max_length=60)),
                ('decision_ref', models.CharField(blank=True, editable=False, max_length=60)),
                ('budget', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='postings', to='ledger.budget')),
                ('by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='web.person')),
                ('commitment', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='postings', to='ledger.commitment')),
                ('payment', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='postings', to='ledger.payment')),
                ('reverses', models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversed_by', to='ledger.posting')),
            ],
            options={
                'verbose_name': 'posting',
                'verbose_name_plural': 'postings',
            },
        ),
        migrations.CreateModel(
            name='Purse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('thread', models.BigIntegerField(editable=False, unique=True)),
                ('label', models.CharField(editable=False, max_length=200)),
                ('page', models.CharField(blank=True, editable=False, max_length=200)),
                ('asked', models.BooleanField(default=False, editable=False)),
                ('opened_at', models.DateTimeField(default=web.clock.now, editable=False)),
                ('handed_in_at', models.DateTimeField(editable=False, null=True)),
                ('keepers', models.ManyToManyField(editable=False, related_name='purses', to='web.person')),
            ],
            options={
                'verbose_name': 'cash book',
                'verbose_name_plural': 'cash books',
            },
        ),
        migrations.CreateModel(
            name='Expense',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('direction', models.CharField(choices=[('in', 'in'), ('out', 'out')], default='out', max_length=3)),
                ('cents', models.BigIntegerField()),
                ('on', models.DateField(default=web.clock.today, verbose_name='date')),
                ('what', models.CharField(blank=True, max_length=200, verbose_name='what for')),
                ('photo', models.FileField(blank=True, upload_to=ledger.models.expense.where_receipts_are, verbose_name='photo of the receipt')),
                ('booked_at', models.DateTimeField(default=web.clock.now, editable=False)),
                ('reverses', models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversed_by', to='ledger.expense')),
                ('payment', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.payment')),
                ('purse', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='expenses', to='ledger.purse')),
            ],
            options={
                'verbose_name': 'expense',
                'verbose_name_plural': 'expenses',
            },
        ),
        migrations.CreateModel(
            name='Transfer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('cents', models.BigIntegerField(editable=False)),
                ('credit', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='came_in', to='ledger.account')),
                ('debit', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='went_out', to='ledger.account')),
                ('posting', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='transfers', to='ledger.posting')),
            ],
            options={
                'verbose_name': 'transfer',
            },
        ),
        migrations.AddConstraint(
            model_name='budget',
            constraint=models.UniqueConstraint(fields=('funder', 'name', 'year'), name='one_budget_per_name_and_year'),
        ),
        migrations.AddIndex(
            model_name='account',
            index=models.Index(fields=['budget', 'kind'], name='accounts_of_a_budget'),
        ),
        migrations.AddConstraint(
            model_name='account',
            constraint=models.CheckConstraint(condition=models.Q(('may_go_negative', True), ('balance__gte', 0), _connector='OR'), name='no_account_goes_below_zero'),
        ),
        migrations.AddConstraint(
            model_name='account',
            constraint=models.CheckConstraint(condition=models.Q(('may_go_negative', False), ('kind', 'funding'), _connector='OR'), name='only_funding_goes_below_zero'),
        ),
        migrations.AddConstraint(
            model_name='account',
            constraint=models.UniqueConstraint(condition=models.Q(('commitment', None)), fields=('budget', 'kind'), name='one_account_of_a_kind_per_budget'),
        ),
        migrations.AddConstraint(
            model_name='account',
            constraint=models.UniqueConstraint(condition=models.Q(('commitment__isnull', False)), fields=('commitment', 'kind'), name='one_account_of_a_kind_per_commitment'),
        ),
        migrations.AddConstraint(
            model_name='account',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('commitment', None), ('kind__in', ['funding', 'available', 'reserved'])), models.Q(('commitment__isnull', False), ('kind__in', ['promised', 'on_its_way', 'given', 'advanced', 'to_recover'])), _connector='OR'), name='a_commitment_has_its_own_accounts'),
        ),
        migrations.AddConstraint(
            model_name='knownnumber',
            constraint=models.UniqueConstraint(fields=('commitment', 'person'), name='one_known_number_per_holder'),
        ),
        migrations.AddConstraint(
            model_name='payee',
            constraint=models.UniqueConstraint(condition=models.Q(('replaced_at', None)), fields=('commitment',), name='one_payee_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='payee',
            constraint=models.CheckConstraint(condition=models.Q(('checked_by', None), models.Q(('checked_by', models.F('typed_by')), _negated=True), _connector='OR'), name='somebody_else_checks_a_changed_iban'),
        ),
        migrations.AddIndex(
            model_name='payment',
            index=models.Index(fields=['status', 'id'], name='payments_by_status'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.UniqueConstraint(fields=('number',), name='a_payment_number_is_used_once'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.CheckConstraint(condition=models.Q(('cents__gt', 0)), name='a_payment_is_more_than_nothing'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['planned', 'dropped']), models.Q(('payee__isnull', False), ('sent_by__isnull', False)), _connector='OR'), name='nothing_is_paid_without_a_payee'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'confirmed'), _negated=True), ('confirmed_on__isnull', False), _connector='OR'), name='a_confirmed_payment_has_the_banks_date'),
        ),
        migrations.AddIndex(
            model_name='posting',
            index=models.Index(fields=['effective_date', 'id'], name='postings_by_day'),
        ),
        migrations.AddConstraint(
            model_name='posting',
            constraint=models.UniqueConstraint(fields=('key',), name='booked_only_once'),
        ),
        migrations.AddConstraint(
            model_name='posting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'reversal'), ('reverses__isnull', False)), models.Q(models.Q(('kind', 'reversal'), _negated=True), ('reverses', None)), _connector='OR'), name='a_reversal_reverses_something'),
        ),
        migrations.AddIndex(
            model_name='expense',
            index=models.Index(fields=['purse', '-on', '-id'], name='expenses_of_a_purse'),
        ),
        migrations.AddConstraint(
            model_name='expense',
            constraint=models.UniqueConstraint(fields=('key',), name='an_expense_is_booked_once'),
        ),
        migrations.AddConstraint(
            model_name='expense',
            constraint=models.CheckConstraint(condition=models.Q(('cents__gt', 0)), name='an_expense_is_more_than_nothing'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.CheckConstraint(condition=models.Q(('cents__gt', 0)), name='a_transfer_moves_money'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.CheckConstraint(condition=models.Q(('debit', models.F('credit')), _negated=True), name='a_transfer_goes_somewhere_else'),
        ),
    ]
