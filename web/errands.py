"""What runs in the apps above without being imported from here, each by its name; `settings` takes them along."""

# What `manage.py tick` does each time, by dotted name: each is idempotent.
TICK = [
    "grants.management.leavers.hand_over_what_was_left",
    "grants.attend.letters.send_morning_mails",
    "grants.remind.letters.send_reminders",
    "web.outbox.send_waiting",
    "grants.models.letter.note_what_came_back",
    "web.sign_in.forget.forget_who_never_came",
    "web.forget.forget_old_keys",
    "grants.models.draft.erase_old_drafts",
    "grants.models.support.forget_neighbours",
    "grants.models.idea.forget_old_ideas",
    "grants.models.invitation.forget_the_invited",
    "web.planner.analyze_each_day",
    "grants.models.figures.count_ahead",
]

# Who keeps a letter about money for whoever gets no mail: the ledger itself knows of no applications.
BY_POST = "grants.papers.post.post_about_money"

# What a fund adds in its own words to a letter about money: the same.
OWN_WORDS = "grants.papers.post.own_words_about_money"
