"""Who comes in where: every page of asking and giving, for everybody who might knock (the marks: tests/doors.py)."""

import pytest

from tests.doors import Door, doors, faults, pages_of
from tests.street import Street

pytestmark = [pytest.mark.django_db, pytest.mark.wide]

TABLE = """
# page                  about what         how    nobody, a device, outside; contact, member, without an account;
#                                                officer, decider, treasurer, fund admin, auditor, panel; elsewhere;
#                                                the helper they let in, a helper whom nobody let in

# read
scheme                  scheme             any     + + +  + + +  + + + + + +  +  o o
register                everybody          any     + + +  + + +  + + + + + +  +  + +
register_csv            everybody          any     + + +  + + +  + + + + + +  +  + +
my_plans                everybody          any     > > o  + + >  o o o o o o  o  o o
details                 everybody          any     > > o  o o >  x x x x x x  x  o o
new_email               everybody          any     > > o  o o >  x x x x x x  x  o o
change_email            everybody          any     > > o  o o >  x x x x x x  x  o o
track                   draft              any     > . .  . . .  . . . . . .  .  . .
track                   application        any     > . .  + + +  . . . . . .  .  . .
letter                  letter             any     > > .  + + >  + + + + + .  .  . .
readings                everybody          any     > > x  x x >  x x x x o x  o  x x
inbox                   everybody          any     > > x  x x >  + + + + + o  o  x x
tasks                   everybody          any     > > x  x x >  + + + + + x  o  x x
assign                  everybody          any     > > x  x x >  o o x x x x  o  x x
mail_came_back          came back          any     > > .  . . >  + + . . . .  .  . .
another_address         came back          any     > > .  . . >  + + . . . .  .  . .
jot                     application        any     > > .  . . >  + + x x x .  .  . .
narrow                  everybody          any     > > x  x x >  o o o o o o  o  x x
keep_list               everybody          any     > > x  x x >  o o o o o x  o  x x
kept_list               own list           any     > > .  . . >  o . . . . .  .  . .
oversee                 everybody          any     > > x  x x >  o o x o o x  o  x x
oversee_workbook        everybody          any     > > x  x x >  o o x o o x  o  x x
application             draft              any     > > .  . . >  . . . . . .  .  . .
application             application        any     > > .  . . >  + + + + + .  .  . .

# set up a scheme
process                 scheme             any     o o o  o o o  o o o o o o  o  o o
set_up                  everybody          any     > > x  x x >  x x x o x x  o  x x
new_scheme              funder             any     > > .  . . >  x x x o x x  .  . .
set_up_scheme           scheme             any     > > .  . . >  x x x o x x  .  . .
rename_scheme           scheme             any     > > .  . . >  x x x o x x  .  . .
pay_from                scheme             any     > > .  . . >  x x x o x x  .  . .
rename_scheme           new scheme         any     > > .  . . >  x x x o x x  .  . .
begin_edition           scheme             button  > > .  . . >  x x x o x x  .  . .
preview                 new scheme         any     > > .  . . >  x x x o x x  .  . .
preview_process         new scheme         any     > > .  . . >  x x x o x x  .  . .
publish_edition         new scheme         any     > > .  . . >  x x x o x x  .  . .
drop_edition            new scheme         button  > > .  . . >  x x x o x x  .  . .
set_up_part             new scheme’s part  any     > > .  . . >  x x x o x x  .  . .
set_up_row              new scheme’s row   any     > > .  . . >  x x x o x x  .  . .
own_words               scheme             any     > > .  . . >  x x x o x x  .  . .
phrase                  scheme’s letter    any     > > .  . . >  x x x o x x  .  . .

# appoint people
people                  funder             any     > > .  . . >  x x x o x x  .  . .
end_seat                seat               any     > > .  . . >  x x x o x x  .  . .

# the fund's own data and logo
fund                    funder             any     > > .  . . >  x x x o x x  .  . .
logo                    funder             any     > > .  . . >  x x x o x x  .  . .
example_letter          funder             any     > > .  . . >  x x x o x x  .  . .
take_logo_away          funder             button  > > .  . . >  x x x o x x  .  . .

# write and ask
ask                     scheme             any     o o o  + + +  o o o o o o  o  o o
empty_form              scheme             any     o o o  + + +  o o o o o o  o  o o
room                    scheme             button  o o o  + + +  o o o o o o  o  o o
go_on                   everybody          any     o o o  + + +  o o o o o o  o  o o
go_on_with              guess              any     o o o  + + +  o o o o o o  o  o o
mail_way_back           draft              any     . . .  + + +  . . . . . .  .  + .
mail_way_back           application        any     . . .  . . .  . . . . . .  .  . .
leave                   everybody          button  o o o  + + +  o o o o o o  o  o o
claim                   everybody          button  > > .  . . >  . . . . . .  .  . .
not_mine                everybody          button  > > o  + + >  o o o o o o  o  o o
edit                    draft              any     . . .  + + +  . . . . . .  .  + .
edit                    application        get     . . .  . . .  . . . . . .  .  . .
edit                    application        post    . . .  + + +  . . . . . .  .  . .
step                    draft’s step       any     . . .  + + +  . . . . . .  .  o .
step                    plan’s step        get     . . .  . . .  . . . . . .  .  . .
step                    plan’s step        post    . . .  + + +  . . . . . .  .  . .
sheets                  draft              get     > . .  + + +  . . . . . .  .  + .
sheets                  draft              post    . . .  + + +  . . . . . .  .  + .
sheets                  returned           get     > . .  + + +  . . . . . .  .  . .
sheets                  returned           post    . . .  + + +  . . . . . .  .  . .
sheets                  application        get     > . .  . . .  . . . . . .  .  . .
sheets                  application        post    . . .  . . .  . . . . . .  .  . .
sheet                   draft’s sheet      any     . . .  + + +  . . . . . .  .  o .
sheet                   sheet              any     . . .  + + +  + + + + + .  .  . .
send                    draft              any     . . .  + + +  . . . . . .  .  o .
send                    application        any     . . .  . . .  . . . . . .  .  . .
confirm                 draft              any     . . .  + + +  . . . . . .  .  o .
confirm                 application        any     . . .  . . .  . . . . . .  .  . .
paper                   draft              any     . . .  + + +  . . . . . .  .  o .
paper                   application        any     . . .  + + +  + + + + + .  .  . .
complete                returned           any     > . .  + + +  . . . . . .  .  . .
complete                application        any     > . .  + + +  . . . . . .  .  . .
send_again              returned           get     > . .  + + +  . . . . . .  .  . .
send_again              returned           post    > . .  + x x  . . . . . .  .  . .
withdraw                draft              any     > > .  + + >  . . . . . .  .  . .
withdraw                application        any     > > .  + + >  . . . . . .  .  . .

# support of neighbours: who has the address of the poster reads along
support                 page               any     + + +  + + +  + + + + + +  +  + +
support                 guess              any     . . .  . . .  . . . . . .  .  . .
support_overview        draft’s plan       any     > . .  + + +  . . . . . .  .  . .
support_overview        plan               any     > . .  + + +  . . . . . .  .  . .
open_support            draft’s plan       button  > . .  + + +  . . . . . .  .  . .
open_support            plan               button  > . .  + + +  . . . . . .  .  . .
close_support           plan               button  > . .  + + +  . . . . . .  .  . .
poster                  plan               any     > . .  + + +  . . . . . .  .  . .
questionnaire           plan               any     > . .  + + +  . . . . . .  .  . .
answer_worry            worry              any     > . .  + + +  . . . . . .  .  . .

# join a group: who has the link comes in
enter                   everybody          any     o o o  + + +  o o o o o o  o  o o
join_by_code            everybody          any     . . .  . . .  . . . . . .  .  . .
join                    link               any     + + +  + + +  + + + + + +  +  + +
join                    guess              any     . . .  . . .  . . . . . .  .  . .
group                   draft’s plan       any     > . .  + + +  . . . . . .  .  . .
group                   plan               any     > . .  + + +  . . . . . .  .  . .
invite                  draft’s plan       any     > . .  + x x  . . . . . .  .  . .
invite                  plan               any     > . .  + x x  . . . . . .  .  . .
take_back               invitation         button  > . .  + x x  . . . . . .  .  . .
leave_group             plan               any     > . .  + + +  . . . . . .  .  . .
remove_member           member             any     > . .  + x x  . . . . . .  .  . .
paper_code              member             button  > . .  + x x  . . . . . .  .  . .
paper_code_by_officer   member’s code      button  > > .  . . >  + + x x x .  .  . .

# share the work in a group
offer_handover          member             any     > . .  + x x  . . . . . .  .  . .
accept_handover         plan               any     > . .  x + x  . . . . . .  .  . .
hand_over_with_note     draft              any     > > .  . . >  . . . . . .  .  . .
hand_over_with_note     application        any     > > .  . . >  + + x x x .  .  . .
name_treasurer          plan               any     > . .  + x x  . . . . . .  .  . .
legal_form              plan               any     > . .  + x x  . . . . . .  .  . .
add_partner             plan               any     > . .  + + +  . . . . . .  .  . .
remove_partner          partner            button  > . .  + + +  . . . . . .  .  . .
partner                 partner’s link     get     + + +  + + +  + + + + + +  +  + +
partner                 partner’s link     post    + + +  x x x  + + + + + +  +  o o
partner                 guess              any     . . .  . . .  . . . . . .  .  . .

# help residents
my_residents            everybody          any     > > .  . . >  . . . . . .  .  + o
start_for_resident      everybody          any     > > .  . . >  . . . . . .  .  o o
next_resident           everybody          button  > > .  . . >  . . . . . .  .  o o
resident                draft              any     > > .  . . >  . . . . . .  .  + .
resident                application        any     > > .  . . >  . . . . . .  .  . .
correct_contact         draft              any     > > .  . . >  . . . . . .  .  x .
organisations           everybody          any     > > x  x x >  x x x o x x  o  x x
let_in                  funder             any     > > x  x x >  x x x o x x  .  x x
end_organisation        nothing            any     > > x  x x >  x x x . x x  .  x x
organisation            everybody          any     > > .  . . >  . . . . . .  .  o o
invite_helper           everybody          any     > > .  . . >  . . . . . .  .  o x
end_helper              helper              button  > > .  . . >  . . . . . .  .  o x
type_help_code          everybody          any     > > .  . . >  . . . . . .  .  o o
ways_to_confirm         draft              any     > > .  . . >  . . . . . .  .  + .
ways_to_confirm         application        any     > > .  . . >  . . . . . .  .  . .
confirm_here            draft              any     > > .  . . >  . . . . . .  .  + .
ask_to_confirm          draft              button  > > .  . . >  . . . . . .  .  o .
confirm_by_code         draft              any     > > .  . . >  . . . . . .  .  + .
confirm_on_paper        draft              any     > > .  . . >  . . . . . .  .  + .
codes_on_paper          draft              button  > > .  . . >  . . . . . .  .  o .
say_yes                 guess              any     . . .  . . .  . . . . . .  .  . .
sheet_by_link           guessed sheet      any     . . .  . . .  . . . . . .  .  . .
signature               application        any     > > .  . . >  . . . . . .  .  . .

bank_details            application        any     > > .  . . >  . . . . . .  .  . .
ask_for_bank_code       application        button  > > .  . . >  . . . . . .  .  . .
bank_paper_form         application        any     > > .  . . >  . . . . . .  .  . .
bank_code_on_paper      draft              button  > > .  . . >  . . . . . .  .  . .
bank_code_on_paper      application        button  > > .  . . >  + + x x x .  .  . .

# the group lets helpers in and out
helpers                 draft’s plan       get     > . .  + + +  . . . . . .  .  . .
helpers                 plan               get     > . .  + + +  . . . . . .  .  . .
helpers                 plan               post    > . .  + x x  . . . . . .  .  . .
help_code               plan               button  > . .  + x x  . . . . . .  .  . .
end_consent             consent            button  > . .  + + +  . . . . . .  .  . .
end_consent_with_note   draft              any     > > .  . . >  . . . . . .  .  . .
end_consent_with_note   application        any     > > .  . . >  + + x x x .  .  . .

# one plan, several funds
ask_also                draft’s plan       any     > . .  + x x  . . . . . .  .  . .
ask_also                plan               any     > . .  + x x  . . . . . .  .  . .
let_them_see            plan               button  > . .  + x x  . . . . . .  .  . .

# again, and as an example
follow_up               plan               any     > . .  + + +  . . . . . .  .  . .
what_differs            draft’s plan       any     > . .  . . .  . . . . . .  .  . .
what_differs            plan               any     > . .  . . .  . . . . . .  .  . .
history                 draft’s plan       any     > . .  + + +  . . . . . .  .  . .
history                 plan               any     > . .  + + +  . . . . . .  .  . .
show_example            plan               any     > . .  + x x  . . . . . .  .  . .
hide_example            plan               button  > . .  . . .  . . . . . .  .  . .
examples                everybody          any     o o o  + + +  o o o o o o  o  o o
example                 nothing            any     . . .  . . .  . . . . . .  .  . .
example_photo           hidden photo       any     . . .  . . .  . . . . . .  .  . .

# an idea first: its own page is for who has the link
tell_idea               everybody          any     o o o  + + +  o o o o o o  o  o o
tell_idea_here          scheme             any     o o o  + + +  o o o o o o  o  o o
idea                    guessed idea       any     . . .  . . .  . . . . . .  .  . .
become_plan             guessed idea       button  . . .  . . .  . . . . . .  .  . .
take_idea_back          guessed idea       button  . . .  . . .  . . . . . .  .  . .
ideas                   everybody          any     > > o  + + >  o o o o o o  o  o o
write_down_idea         everybody          any     > > x  x x >  o o x x x x  o  x x
answer_idea             idea               any     > > .  . . >  + + . . . .  .  . .

# one's own desk
desk                    everybody          any     > > x  x x >  o o x x x o  o  x x

# post letters
post_tray               everybody          any     > > x  x x >  + + x x x x  o  x x
print_post              everybody          any     > > x  x x >  o o x x x x  o  x x
print_letter            came back          any     > > x  x x >  o o x x x x  .  x x

# advise as a panel
panel                   everybody          any     > > x  x x >  x x x x x +  o  x x
advise                  draft              any     > > .  . . >  . . . . . .  .  . .
advise                  application        any     > > .  . . >  x x x x x .  .  . .
advise                  before the panel   any     > > .  . . >  x x x x x +  .  . .
panel_sheet             panel’s sheet      any     > > .  . . >  . . . . . +  .  . .

# take in what came another way
take_in                 everybody          any     > > x  x x >  o o x x x x  o  x x
same_facts              draft              get     > > .  . . >  . . . . . .  .  . .
same_facts              application        get     > > .  . . >  + + + + + .  .  . .

# may it be done here?
clearances              everybody          any     > > x  x x >  + o x x x x  o  x x
clearance               clearance          any     > > .  . . >  + + x x x .  .  . .
pass_on                 clearance          any     > > .  . . >  + + x x x .  .  . .
clearances_of           draft              any     > > .  . . >  . . . . . .  .  . .
clearances_of           waiting            get     > > .  . . >  + + + + + .  .  . .
clearances_of           waiting            post    > > .  . . >  . . x x x .  .  . .

# review and decide
take_up                 draft              button  > > .  x x >  . . . . . .  .  x .
take_up                 application        button  > > .  x x >  + + x x x .  .  . .
send_back               draft              any     > > .  x x >  . . . . . .  .  x .
send_back               application        any     > > .  x x >  + + x x x .  .  . .
go_on_as_it_stands      draft              button  > > .  x x >  . . . . . .  .  x .
go_on_as_it_stands      returned           button  > > .  x x >  + + x x x .  .  . .
enquire                 draft              any     > > .  . . >  . . . . . .  .  . .
enquire                 waiting            any     > > .  x x >  + + x x x .  .  . .
hear                    draft              any     > > .  . . >  . . . . . .  .  . .
hear                    waiting            any     > > .  x x >  + + x x x .  .  . .
refer                   draft              any     > > .  . . >  . . . . . .  .  . .
refer                   waiting            any     > > .  . . >  + + x x x .  .  . .
extend                  draft              any     > > .  . . >  . . . . . .  .  . .
extend                  waiting            any     > > .  . . >  + + x x x .  .  . .
note_completion         waiting            any     > > .  . . >  o o x x x .  .  . .
note_answer             waiting            any     > > .  x x >  + + x x x .  .  . .
go_on_without           waiting            button  > > .  x x >  + + x x x .  .  . .
answer_enquiry          draft              any     > . .  . . .  . . . . . .  .  . .
answer_enquiry          waiting            any     > . .  + + +  . . . . . .  .  . .
answer_referral         draft              any     > . .  . . .  . . . . . .  .  . .
answer_referral         waiting            any     > . .  + x x  . . . . . .  .  . .
judge                   draft              any     > > .  x x >  . . . . . .  .  x .
judge                   application        any     > > .  x x >  + + x x x .  .  . .
propose                 draft              any     > > .  . . >  . . . . . .  .  . .
propose                 application        any     > > .  . . >  + + x x x .  .  . .
sign                    draft              any     > > .  . . >  . . . . . .  .  . .
sign                    application        any     > > .  . . >  + + x x x .  .  . .
rounds                  everybody          any     > > x  x x >  o o x x x x  o  x x
round                   round              any     > > .  . . >  + + x x x .  .  . .
compare                 round              any     > > .  . . >  + + x x x .  .  . .
draw_line               round              button  > > .  . . >  + + x x x .  .  . .
announce                round              any     > > .  . . >  + + x x x .  .  . .
queue                   scheme             any     > > .  . . >  + + x x x .  .  . .
beside                  scheme             any     > > .  . . >  + + x x x .  .  . .
recall                  draft              button  > > .  . . >  . . . . . .  .  . .
recall                  application        button  > > .  . . >  + + x x x .  .  . .
settle                  draft              any     > > .  x x >  . . . . . .  .  x .
settle                  application        any     > > .  x x >  + + x x x .  .  . .
decide                  draft              any     > > .  x x >  . . . . . .  .  x .
decide                  application        any     > > .  x x >  + + x x x .  .  . .
set_aside               draft              any     > > .  x x >  . . . . . .  .  x .
set_aside               returned           any     > > .  x x >  + + x x x .  .  . .

# after the letter
react                   draft              any     > . .  . . .  . . . . . .  .  . .
react                   application        any     > . .  + + +  . . . . . .  .  . .
register_reaction       draft              any     > > .  . . >  . . . . . .  .  . .
register_reaction       application        any     > > .  . . >  + + x x x .  .  . .
reaction                reaction           get     > > .  . . >  + + + + + .  .  . .
reaction                reaction           post    > > .  . . >  x + x x x .  .  . .
promises                everybody          any     > > x  x x >  + o x x x x  o  x x
promise                 draft              any     > > .  . . >  . . . . . .  .  . .
promise                 application        any     > > .  . . >  + + x x x .  .  . .
settle_promise          promise            any     > > .  . . >  + + x x x .  .  . .
revise                  draft              any     > > .  . . >  . . . . . .  .  . .
revise                  application        any     > > .  . . >  + + x x x .  .  . .
note_view               application        any     > > .  . . >  + + x x x .  .  . .
drop_intention          application        button  > > .  . . >  + + x x x .  .  . .
answer_intention        draft              any     > . .  . . .  . . . . . .  .  . .
answer_intention        application        any     > . .  + + +  . . . . . .  .  . .
decide_anew             reaction           any     > > .  . . >  x + x x x .  .  . .
handle_reaction         reaction           button  > > .  . . >  x + x x x .  .  . .
put_reaction_off        reaction           button  > > .  . . >  x + x x x .  .  . .

# report
tell_story              draft              any     > > .  . . >  . . . . . .  .  . .
tell_story              application        any     > > .  + + >  . . . . . .  .  . .
stop                    application        any     > > .  + + >  . . . . . .  .  . .
story_photo             photo              any     > > .  + + >  + + + + + .  .  . .
fix                     application        any     > > .  x x >  + + x x x .  .  . .
close                   story              button  > > .  x x >  + + x x x .  .  . .

# export
case_file               draft              button  > > .  . . >  . . . . . .  .  . .
case_file               application        button  > > .  . . >  + + x x + .  .  . .
export                  everybody          any     > > .  . . >  x x o x o x  o  . .
workbook                funder             button  > > .  . . >  x x + x + x  .  . .
"""
DOORS = doors("grants", TABLE)


def test_every_page_has_a_line() -> None:
    assert {door.page for door in DOORS} == pages_of("grants")


@pytest.mark.parametrize("door", DOORS, ids=str)
def test_it_opens_for_them_alone(door: Door, street: Street) -> None:
    assert list(faults(door, street)) == []
