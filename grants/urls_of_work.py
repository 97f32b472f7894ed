"""The pages on which people of a funder see what there is to do, and take in what came another way."""

from django.urls import path

from grants.assign import views as assign
from grants.attend import views as attend
from grants.find_out import views as find_out
from grants.jot import views as jot
from grants.post import views as post
from grants.reach import views as reach
from grants.sift import views as sift
from grants.supplement import views as supplement
from grants.take_in import views as take_in

work = [
    # the inbox
    path("werk/", sift.inbox, name="inbox"),
    path("werk/taken/", sift.tasks, name="tasks"),
    path("werk/kiezen/", sift.narrow, name="narrow"),
    path("werk/verdelen/", assign.assign, name="assign"),
    path("werk/lijst/", sift.keep_list, name="keep_list"),
    path("werk/lijst/<int:pk>/", sift.kept_list, name="kept_list"),
    path("werk/post/", post.tray, name="post_tray"),
    path("werk/post/alles.pdf", post.print_all, name="print_post"),
    path("werk/post/<int:pk>.pdf", post.print_one, name="print_letter"),
    path("werk/post/terug/<int:pk>/", reach.came_back, name="mail_came_back"),
    path("werk/post/terug/<int:pk>/mail/", reach.another_address, name="another_address"),
    path("werk/aanwezig/", attend.desk, name="desk"),
    path("werk/<int:pk>/notitie/", jot.jot, name="jot"),
    # take in what came another way
    path("werk/inboeken/", take_in.take_in, name="take_in"),
    path("werk/<int:pk>/dezelfde-gegevens/", take_in.same_facts, name="same_facts"),
    path("werk/<int:pk>/aanvulling/", supplement.note_completion, name="note_completion"),
    # may it be done here?
    path("werk/mag-het/", find_out.my_list, name="clearances"),
    path("werk/mag-het/<int:pk>/", find_out.clearance, name="clearance"),
    path("werk/mag-het/<int:pk>/doorgeven/", find_out.pass_on, name="pass_on"),
    path("werk/<int:pk>/mag-het/", find_out.of_plan, name="clearances_of"),
]
