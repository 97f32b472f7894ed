"""The pages on which plans stand beside each other: in a round, or in the order of complete requests."""

from django.urls import path

from grants.line_up import views as line_up
from grants.rank import views as rank

rounds = [
    path("werk/rondes/", rank.rounds, name="rounds"),
    path("werk/ronde/<int:pk>/", rank.show, name="round"),
    path("werk/ronde/<int:pk>/naast-elkaar/", rank.compare, name="compare"),
    path("werk/ronde/<int:pk>/streep/", rank.draw_line, name="draw_line"),
    path("werk/ronde/<int:pk>/bekendmaken/", rank.announce, name="announce"),
    path("werk/volgorde/<slug:slug>/", line_up.queue, name="queue"),
    path("werk/volgorde/<slug:slug>/naast-elkaar/", line_up.beside, name="beside"),
]
