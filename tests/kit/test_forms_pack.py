"""The form template pack: markup of each control, error links that land on one, and the words of errors."""

import datetime as dt
from html.parser import HTMLParser

import pytest
from crispy_forms.utils import render_crispy_form
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template

from kit import crispy
from kit.fields import Checkboxes, DateField, Radios
from kit.forms import StrideForm

CHOICES = [("a", "Alpha"), ("b", "Beta")]
HOSTILE = '"><script>x</script>{{ form }}'


class Page(HTMLParser):
    """The elements of some markup, by id and by name of the element."""

    def __init__(self, markup):
        super().__init__()
        self.elements = []
        self.feed(markup)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def by_id(self, value):
        found = [(tag, attrs) for tag, attrs in self.elements if attrs.get("id") == value]
        assert len(found) == 1, f"{len(found)} elements have the id {value}"
        return found[0]

    def all(self, tag):
        return [attrs for name, attrs in self.elements if name == tag]

    def error_links(self):
        return [attrs["href"][1:] for attrs in self.all("a") if attrs["href"].startswith("#")]


class EveryKind(StrideForm):
    text = forms.CharField(help_text="A hint")
    number = forms.IntegerField()
    email = forms.EmailField()
    long = forms.CharField(widget=forms.Textarea(attrs={"data-maxlength": 50}), help_text="A hint")
    choice = forms.ChoiceField(choices=[("", "Choose"), *CHOICES])
    radios = forms.ChoiceField(choices=CHOICES, widget=Radios(hints={"a": "First"}))
    boxes = forms.MultipleChoiceField(choices=CHOICES, widget=Checkboxes)
    agree = forms.BooleanField(help_text="A hint")
    paper = forms.FileField()
    secret = forms.CharField(widget=forms.PasswordInput)
    due = DateField(help_text="A hint")


def page(form, **kwargs):
    return Page(render_crispy_form(form, **kwargs))


def one(field, data=None, **values):
    form = type("OneForm", (StrideForm,), {"x": field})(data, **values)
    form.is_valid()
    return form


def test_every_error_link_lands_on_a_control_that_takes_focus():
    form = EveryKind({}, {})
    drawn = page(form)
    links = drawn.error_links()
    assert len(links) == len(form.fields)
    for target in links:
        tag, attrs = drawn.by_id(target)
        assert tag in {"input", "select", "textarea"}
        assert attrs.get("type") != "hidden"


def test_error_links_follow_the_order_of_the_page():
    form = type("Two", (StrideForm,), {"first": forms.CharField(), "second": forms.CharField()})({})
    form.helper = crispy.helper(form, "second", "first")
    assert page(form).error_links() == ["id_second", "id_first"]


def test_every_described_by_and_label_resolves():
    drawn = page(EveryKind({}, {}))
    for _, attrs in drawn.elements:
        for described in (attrs.get("aria-describedby") or "").split():
            drawn.by_id(described)
        for label_for in [attrs["for"]] if "for" in attrs else []:
            drawn.by_id(label_for)


def test_ids_are_unique():
    ids = [attrs["id"] for _, attrs in page(EveryKind({}, {})).elements if "id" in attrs]
    assert len(ids) == len(set(ids))


def test_the_form_leaves_validation_to_the_server():
    html = render_crispy_form(EveryKind(), context={"csrf_token": "token"})
    assert "novalidate" in html
    assert 'enctype="multipart/form-data"' in html
    assert 'name="csrfmiddlewaretoken"' in html
    assert " required" not in html
    assert " maxlength" not in html
    assert " placeholder" not in html
    assert 'type="number"' not in html


def test_the_summary_is_announced_and_says_what_the_field_says():
    html = render_crispy_form(one(forms.CharField(label="Title"), {}))
    assert '<div role="alert">' in html
    assert '<a href="#id_x">Enter title</a>' in html
    assert '<span class="govuk-visually-hidden">Error:</span> Enter title' in html


def test_a_page_shows_the_summary_once():
    form = one(forms.CharField(), {})
    source = "{% load govuk crispy_forms_tags %}{% error_summary form %}{% crispy form %}"
    assert Template(source).render(Context({"form": form})).count("There is a problem") == 1


def test_a_form_wide_error_links_where_the_form_says():
    class Form(StrideForm):
        error_target = "radios"
        radios = forms.ChoiceField(choices=CHOICES, widget=Radios)

        def clean(self):
            raise forms.ValidationError("The round is closed")

    assert page(Form({"radios": "a"})).error_links() == ["id_radios_0"]


def test_the_title_of_a_refused_page_starts_with_error():
    source = "{% error_title form other %}"
    bad, good = one(forms.CharField(), {}), one(forms.CharField(), {"x": "a"})
    assert Template(source).render(Context({"form": good, "other": bad})) == "Error: "
    assert Template(source).render(Context({"form": good})) == ""
    assert Template(source).render(Context({})) == ""


def test_a_formset_links_to_the_form_that_is_wrong():
    formset = forms.formset_factory(type("OneForm", (StrideForm,), {"x": forms.CharField()}), extra=2)
    data = {"form-TOTAL_FORMS": 2, "form-INITIAL_FORMS": 2, "form-0-x": "fine", "form-1-x": ""}
    bound = formset(data)
    bound.is_valid()
    html = Template("{% load crispy_forms_tags %}{{ formset|crispy }}").render(Context({"formset": bound}))
    drawn = Page(html)
    assert drawn.error_links() == ["id_form-1-x"]
    drawn.by_id("id_form-1-x")
    drawn.by_id("id_form-TOTAL_FORMS")


@pytest.mark.parametrize(
    ("field", "classes"),
    [
        (forms.CharField(), "govuk-input govuk-input--error"),
        (forms.CharField(widget=forms.Textarea), "govuk-textarea govuk-textarea--error"),
        (forms.ChoiceField(choices=CHOICES), "govuk-select govuk-select--error"),
        (forms.FileField(), "govuk-file-upload govuk-file-upload--error"),
    ],
)
def test_a_control_in_error_has_its_own_error_class(field, classes):
    html = render_crispy_form(one(field, {}))
    assert f'class="{classes}"' in html
    assert "govuk-form-group--error" in html


def test_long_text_counts_instead_of_cutting():
    html = render_crispy_form(EveryKind())
    assert 'data-module="govuk-character-count" data-maxlength="50"' in html
    assert 'id="id_long-info"' in html
    assert "govuk-js-character-count" in html


def test_radios_have_legend_hints_and_checked_value():
    html = render_crispy_form(EveryKind(initial={"radios": "b"}))
    drawn = Page(html)
    assert drawn.by_id("id_radios_1")[1].get("checked", "no") is None
    assert drawn.by_id("id_radios_0")[1]["aria-describedby"] == "id_radios_0-hint"
    assert 'class="govuk-radios" data-module="govuk-radios"' in html


def test_an_uploaded_file_is_never_echoed():
    form = one(forms.FileField(), {}, files={"x": SimpleUploadedFile("a.pdf", b"")})
    assert "<a " in render_crispy_form(form)
    assert "Currently" not in render_crispy_form(one(forms.FileField(), initial={"x": "a.pdf"}))


def revealing(data=None):
    class Form(StrideForm):
        rating = forms.ChoiceField(choices=CHOICES, widget=Radios)
        reason = forms.CharField()

        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            self.helper = crispy.helper(self, crispy.Reveal("rating", {"b": ["reason"]}), submit="Go")

    return Form(data)


def test_a_choice_reveals_its_question():
    drawn = page(revealing())
    _, radio = drawn.by_id("id_rating_1")
    tag, box = drawn.by_id(radio["data-aria-controls"])
    assert tag == "div"
    assert "govuk-radios__conditional--hidden" in box["class"]
    drawn.by_id("id_reason")
    assert "data-aria-controls" not in drawn.by_id("id_rating_0")[1]


def test_a_revealed_question_in_error_is_open_and_linked():
    drawn = page(revealing({"rating": "b"}))
    assert "--hidden" not in drawn.by_id("conditional-id_rating_1")[1]["class"]
    assert drawn.error_links() == ["id_reason"]


def test_layout_text_is_never_compiled_as_a_template():
    form = one(forms.CharField(label=HOSTILE, help_text=HOSTILE))
    form.helper = crispy.helper(
        form,
        crispy.Fieldset(HOSTILE, crispy.Beside("x", HOSTILE, title=HOSTILE), hint=HOSTILE),
        crispy.Text(HOSTILE),
        submit=HOSTILE,
        secondary=[(HOSTILE, HOSTILE)],
    )
    html = render_crispy_form(form)
    assert "<script" not in html
    assert html.count("{{ form }}") == 12


def test_hostile_choices_values_and_errors_are_escaped():
    class Form(StrideForm):
        radios = forms.ChoiceField(choices=[(HOSTILE, HOSTILE)], widget=Radios(hints={HOSTILE: HOSTILE}))
        text = forms.CharField(max_length=3, label=HOSTILE)
        due = DateField(label=HOSTILE)

    data = {"text": HOSTILE, "radios": HOSTILE, "due_day": HOSTILE, "due_month": HOSTILE, "due_year": HOSTILE}
    assert "<script" not in render_crispy_form(Form(data))


def test_a_heading_label_is_the_only_h1():
    form = one(forms.CharField(label="What changed?"))
    form.helper = crispy.helper(form, crispy.Question("x", size="l", heading=True))
    html = render_crispy_form(form)
    assert '<h1 class="govuk-label-wrapper"><label class="govuk-label govuk-label--l" for="id_x">' in html


def date(day, month, year, **options):
    field = DateField(label="Green by", **options)
    form = one(field, {"x_day": day, "x_month": month, "x_year": year})
    return form


@pytest.mark.parametrize("month", ["3", "03", "mar", "March", "MARCH", "Mar."])
def test_a_month_may_be_a_number_or_a_name(month):
    assert date("31", month, "2022").cleaned_data["x"] == dt.date(2022, 3, 31)


@pytest.mark.parametrize(
    ("typed", "sentence", "parts"),
    [
        (("", "", ""), "Enter green by", {"day", "month", "year"}),
        (("31", "", "2022"), "Green by must include a month", {"month"}),
        (("", "", "2022"), "Green by must include a day and a month", {"day", "month"}),
        (("31", "3", "22"), "Green by must have a year of 4 digits, like 2022", {"year"}),
        (("31", "3", "two"), "Green by must have a year of 4 digits, like 2022", {"year"}),
        (("32", "3", "2022"), "Green by must be a real date", {"day"}),
        (("3", "ma", "2022"), "Green by must be a real date", {"month"}),
        (("29", "2", "2022"), "Green by must be a real date", {"day"}),
        (("3/4/2022", "3", "2022"), "Green by must be a real date", {"day"}),
        (("-1", "13", "2022"), "Green by must be a real date", {"day", "month"}),
        (("٣", "3", "2022"), "Green by must be a real date", {"day"}),
    ],
)
def test_a_wrong_date_says_what_is_wrong_and_where(typed, sentence, parts):
    form = date(*typed)
    assert form.errors["x"] == [sentence]
    drawn = page(form)
    wrong = {attrs["id"][5:] for attrs in drawn.all("input") if "govuk-input--error" in (attrs.get("class") or "")}
    assert wrong == parts
    assert drawn.error_links() == [f"id_x_{next(part for part in ('day', 'month', 'year') if part in parts)}"]
    kept = [attrs.get("value", "") for attrs in drawn.all("input") if attrs.get("name", "").startswith("x_")]
    assert kept == list(typed)


def test_a_date_has_limits_and_may_be_left_out():
    early = {"earliest": dt.date(2022, 1, 1), "latest": lambda: dt.date(2022, 12, 31)}
    assert date("31", "12", "2021", **early).errors["x"] == ["Green by must be 1 January 2022 or later"]
    assert date("1", "1", "2023", **early).errors["x"] == ["Green by must be 31 December 2022 or earlier"]
    assert date("", "", "", required=False).cleaned_data["x"] is None


def test_a_date_starts_from_its_initial_value_and_knows_when_it_moved():
    start = {"x": dt.date(2022, 3, 31)}
    drawn = page(one(DateField(), initial=start))
    assert [drawn.by_id(f"id_x_{part}")[1]["value"] for part in ("day", "month", "year")] == ["31", "3", "2022"]
    same = {"x_day": "31", "x_month": "March", "x_year": "2022"}
    assert not one(DateField(), same, initial=start).has_changed()
    assert one(DateField(), same | {"x_day": "30"}, initial=start).has_changed()


@pytest.mark.parametrize("character", ["\x00", "\x08", "\x1b", "\x7f", "\ud800", "\uffff"])
@pytest.mark.parametrize(
    "field",
    [forms.CharField(), forms.ChoiceField(choices=CHOICES), forms.MultipleChoiceField(choices=CHOICES), DateField()],
)
def test_what_cannot_be_saved_is_an_error_with_a_sentence(field, character):
    bad = f"a{character}"
    form = one(field, {"x": bad, "x_day": bad, "x_month": "3", "x_year": "2022"})
    if isinstance(field, forms.MultipleChoiceField):
        form = type("Form", (StrideForm,), {"x": field})({"x": [bad]})
    assert "hidden character that cannot be saved" in form.errors["x"][0]


def test_lines_end_one_way_and_other_languages_stay():
    text = "Zoë, Łukasz, ۵, 👩‍🚒\r\nnext\x0blast\u2028end\ttab"
    form = one(forms.CharField(), {"x": text})
    assert form.cleaned_data["x"] == "Zoë, Łukasz, ۵, 👩‍🚒\nnext\nlast\nend\ttab"


@pytest.mark.parametrize(
    ("field", "data", "sentence"),
    [
        (forms.CharField(label="Title"), {}, "Enter title"),
        (forms.CharField(label="What changed?"), {}, "Answer the question ‘What changed?’"),
        (forms.ChoiceField(label="Board", choices=CHOICES), {}, "Select board"),
        (forms.ChoiceField(label="Board", choices=CHOICES), {"x": "z"}, "Select board from the list"),
        (forms.BooleanField(label="I confirm"), {}, "Select ‘I confirm’"),
        (forms.FileField(label="Paper"), {}, "Select a file for paper"),
        (forms.IntegerField(label="Posts"), {"x": "ten"}, "Posts must be a whole number"),
        (forms.IntegerField(label="Posts", max_value=5), {"x": "6"}, "Posts must be 5 or less"),
        (forms.DecimalField(label="Share"), {"x": "ten"}, "Share must be a number, like 12.5"),
        (
            forms.CharField(label="100% title", max_length=3),
            {"x": "abcd"},
            "100% title must be 3 characters or fewer. You have entered 4",
        ),
        (forms.CharField(error_messages={"required": "Say why"}), {}, "Say why"),
    ],
)
def test_errors_are_sentences_that_name_the_field(field, data, sentence):
    assert one(field, data, files={}).errors["x"] == [sentence]
