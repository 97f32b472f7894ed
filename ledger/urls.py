"""Every page about money, by verb. Paths are Dutch: people see them."""

from django.urls import path

from ledger.budget import views as budget
from ledger.pay import views as pay
from ledger.spend import views as spend

app_name = "ledger"

urlpatterns = [
    # budget
    path("geld/", budget.budgets, name="budgets"),
    path("geld/nieuw/<slug:slug>/", budget.new_budget, name="new_budget"),
    path("geld/<int:pk>/", budget.budget, name="budget"),
    path("geld/<int:pk>/bedrag/", budget.set_budget, name="set_budget"),
    path("geld/<int:pk>/<slug:card>/", budget.budget_rows, name="budget_rows"),
    # pay
    path("rekening/<int:pk>/", pay.bank_details, name="bank_details"),
    path("rekening/<int:pk>/nakijken/", pay.check_iban, name="check_iban"),
    path("betalen/", pay.payments, name="payments"),
    path("betalen/<int:pk>/", pay.payment, name="payment"),
    path("betalen/<int:pk>/onderweg/", pay.put_on_its_way, name="put_on_its_way"),
    path("betalen/<int:pk>/betaald/", pay.confirm, name="confirm"),
    path("betalen/<int:pk>/teruggekomen/", pay.came_back, name="came_back"),
    path("betalen/<int:pk>/naam/", pay.name_check, name="name_check"),
    path("betalen/<slug:which>/", pay.payments, name="payments_in"),
    # spend
    path("kasboek/<int:pk>/", spend.purse, name="purse"),
    path("kasboek/<int:pk>/boeken/", spend.book_expense, name="book_expense"),
    path("kasboek/<int:pk>/boeken/<slug:side>/", spend.book_expense, name="book_in"),
    path("kasboek/<int:pk>/inleveren/", spend.hand_in, name="hand_in"),
    path("kasboek/<int:pk>/<int:line>/", spend.change_expense, name="change_expense"),
    path("kasboek/<int:pk>/<int:line>/weg/", spend.delete_expense, name="delete_expense"),
    path("kasboek/<int:pk>/<int:line>/tegenboeken/", spend.counter_expense, name="counter_expense"),
    path("kasboek/<int:pk>/<int:line>/foto/", spend.photo, name="photo"),
]
