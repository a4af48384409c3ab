"""The records of the example, played by the services on their days, show what their README promises."""

import datetime as dt
import io
from collections import Counter

import pikepdf
import pytest
from django.core.management import CommandError, call_command

from boards.models import (
    AgendaItem,
    BoardAction,
    BoardActionAct,
    Decision,
    ItemProgress,
    Meeting,
    Minutes,
    PackEdition,
    Paper,
    QuarterlyNote,
    Referral,
    Summary,
)
from boards.queries.packs import pack_page
from boards.queries.papers import asked_of_chair, owed_by
from kit import clock
from kit.uploads import check_paper
from people.actor import actor_for
from people.models import User
from stride import demonstration, demonstration_records
from stride.demonstration_documents import FOLDER, as_docx, as_pdf

TODAY = dt.date(2022, 1, 19)
DB, EAB, IDE = "stride-delivery-board", "stride-external-advisory-board", "ide-management-board"


def persona(name: str):
    return actor_for(User.objects.get(email=f"{name}@stride.example"), TODAY)


def meeting(board: str, *day: int) -> Meeting:
    return Meeting.objects.exclude(state="cancelled").get(board__slug=board, starts_at__date=dt.date(*day))


@pytest.mark.usefixtures("example", "db")
class TestLoaded:
    """What the loaded example holds."""

    def test_papers_are_in_every_state(self):
        assert demonstration_records.is_loaded()
        assert Counter(Paper.objects.values_list("state", flat=True)) == {"cleared": 6, "commissioned": 5}
        late = Paper.objects.get(is_late=True)
        assert (late.late_permitted_name, late.submitted_at.date()) == ("Rosalind Tredwell", dt.date(2021, 11, 23))
        verbs = Counter(late.item.papers.get().acts.values_list("verb", flat=True))
        assert verbs["late_asked"] == verbs["late_permitted"] == 1
        assert Paper.objects.filter(acts__verb="sent_back").distinct().count() == 2
        assert Paper.objects.get(marking="sensitive_personal").item.visibility == "title_only"

    def test_somebody_has_something_to_do(self):
        assert [paper.due_at.date() for paper in owed_by(persona("lead"))] == [dt.date(2022, 1, 20)]
        assert [paper.title for paper in asked_of_chair(persona("member"))] == ["Ward Panels after nine months"]

    def test_a_pack_in_two_editions_and_one_out_of_date(self):
        first, second = PackEdition.objects.filter(meeting=meeting(IDE, 2021, 11, 26)).order_by("number")
        assert [str(each.circulated_at.date()) for each in (first, second)] == ["2021-11-19", "2021-11-24"]
        assert second.what_changed
        assert not first.problems + second.problems
        pages = {file.audience: file.pages for file in second.files.all()}
        assert pages["full"] == pages["members"] + 2
        ahead = meeting(EAB, 2022, 1, 27)
        assert {file.audience for file in ahead.packs.get().files.all()} == {"full", "person"}
        assert ahead.packs.get().copies.filter(person__code="persona-adviser").exists()
        assert len(pack_page(ahead, persona("secretariat"), clock.now()).stale) == 1

    def test_decisions_ratified_corrected_and_carried_out(self):
        assert Counter(Decision.objects.values_list("board__slug", flat=True)) == {IDE: 11, DB: 4}
        inquorate = Decision.objects.get(needs_ratification=True)
        ratified = Decision.objects.get(effects__kind="ratify_decision")
        assert (inquorate.meeting, ratified.meeting) == (meeting(IDE, 2021, 11, 26), meeting(IDE, 2022, 1, 7))
        assert ratified.effects.get().target == inquorate.pk
        sent = Summary.objects.filter(meeting=inquorate.meeting).order_by("number")
        assert [str(each.circulated_at.date()) for each in sent] == ["2021-11-26", "2021-11-29"]

    def test_minutes_confirmed_and_waiting(self):
        confirmed, waiting = Minutes.objects.order_by("meeting__starts_at")
        assert (confirmed.state, confirmed.corrections.count()) == ("confirmed", 1)
        assert confirmed.confirmed_by.meeting == meeting(IDE, 2022, 1, 7)
        put = waiting.put_at.get().item
        assert (waiting.state, put.meeting.day) == ("circulated", dt.date(2022, 2, 18))
        assert put.title == "Minutes of the last meeting"

    def test_a_log_with_history(self):
        assert Counter(BoardAction.objects.values_list("board__slug", flat=True)) == {EAB: 1, DB: 3, IDE: 8}
        assert Counter(BoardAction.objects.values_list("state", flat=True)) == {"open": 10, "proposed": 1, "closed": 1}
        verbs = set(BoardActionAct.objects.values_list("verb", flat=True))
        assert verbs >= {"raised", "updated", "moved", "parked", "reassigned", "proposed", "kept_open", "closed"}
        open_now = BoardAction.objects.filter(state="open", parked_until=None)
        assert open_now.filter(due__lt=TODAY).count() == 3

    def test_a_referral_through_three_boards_and_back(self):
        back = Referral.objects.get(kind="recommendation")
        assert [stop.disposition for stop in back.stops.all()] == ["amended", "endorsed"]
        assert [stop.item.meeting.day for stop in back.stops.all()] == [dt.date(2021, 10, 15), dt.date(2021, 11, 23)]
        assert (back.state, back.back_on.meeting) == ("answered", meeting(EAB, 2022, 1, 27))
        assert back.stops.first().restricted
        received = Referral.objects.filter(kind="escalation").order_by("number")
        assert [bool(each.stops.get().received_at) for each in received] == [True, False]
        assert AgendaItem.objects.filter(report_backs__in=received).get().meeting == meeting(DB, 2022, 2, 22)

    def test_a_note_and_the_progress_reports(self):
        note = QuarterlyNote.objects.get()
        assert (note.starts, len(note.body["decisions"]), len(note.body["sent"])) == (dt.date(2021, 10, 1), 4, 1)
        labels = ItemProgress.objects.order_by("item__meeting__starts_at").values_list("round__label", flat=True)
        assert list(labels) == ["Q2 2021-22", "Q3 2021-22"]

    def test_one_without_records_cannot_be_completed(self, settings, monkeypatch):
        settings.DEMONSTRATION = True
        monkeypatch.setattr(demonstration_records, "is_loaded", lambda: False)
        assert demonstration.is_too_old()
        with pytest.raises(CommandError, match="make clean"):
            call_command("load_demonstration")


def test_papers_are_made_the_same_each_time_and_pass_the_check():
    names = sorted(path.stem for path in FOLDER.glob("*.md"))
    tagged = {}
    for name in names:
        made = as_pdf(name)
        assert made == as_pdf(name)
        checked = check_paper(f"{name}.pdf", io.BytesIO(made))
        assert not checked.problems, name
        tagged[name] = checked.tagged
    assert [name for name in names if not tagged[name]] == ["recommendations-of-28-october"]


def test_a_wide_sheet_and_a_word_document():
    with pikepdf.open(io.BytesIO(as_pdf("safety-and-powers-2"))) as pdf:
        widths = {round(float(page.mediabox[2])) for page in pdf.pages}
    assert widths == {595, 1191}
    at = dt.datetime(2021, 11, 17, 16, 10, tzinfo=dt.UTC)
    assert as_docx("explaining-quickly", at) == as_docx("explaining-quickly", at)
    assert check_paper("explaining-quickly.docx", io.BytesIO(as_docx("explaining-quickly", at)))
