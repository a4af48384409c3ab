"""What a bound field is on the page: which control, what describes it, and where an error link has to land."""

from django import forms
from django.forms.formsets import BaseFormSet

from kit.fields import PARTS, DateInput, lower_first

# The first that fits, so subclasses stand before their parents.
KINDS = (
    (DateInput, "date"),
    (forms.HiddenInput, "hidden"),
    (forms.MultipleHiddenInput, "hidden"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
    (forms.FileInput, "file"),
    (forms.PasswordInput, "password"),
)
CLASSES = {
    "select": "govuk-select",
    "textarea": "govuk-textarea",
    "file": "govuk-file-upload",
    "password": "govuk-input govuk-password-input__input govuk-js-password-input-input",
    "input": "govuk-input",
    "date": "govuk-input govuk-date-input__input",
}
ERROR_CLASSES = {
    "select": "govuk-select--error",
    "textarea": "govuk-textarea--error",
    "file": "govuk-file-upload--error",
}


def kind_of(field) -> str:
    """Which of our widget templates draws a bound field."""
    return next((kind for widget, kind in KINDS if isinstance(field.field.widget, widget)), "input")


def describe(field, *, label_size="s", heading=False, conditionals=None, label_hidden=False) -> dict:
    """Everything that a widget template needs.

    label_size: s, m, l or xl. heading: the label is the page's h1. conditionals: {value: markup} shown under a choice.
    """
    kind = kind_of(field)
    widget = field.field.widget
    limit = widget.attrs.get("data-maxlength")
    described = {
        "kind": kind,
        "field": field,
        "id": field.auto_id or field.html_name,
        "limit": limit,
        "label_size": label_size,
        "heading": heading,
        "label_hidden": label_hidden,
        "describedby": _describedby(field, limit),
    }
    if kind in ("radios", "checkboxes"):
        described["choices"] = _choices(field, conditionals or {})
        described["classes"] = _list_classes(kind, widget)
    elif kind == "date":
        described["parts"] = _date_parts(field)
    elif kind == "checkbox":
        described["conditional"] = (conditionals or {}).get(True, "")
        described["control"] = _control(field, kind, described, reveals=bool(described["conditional"]))
    elif kind != "hidden":
        described["control"] = _control(field, kind, described)
    return described


def target(field) -> str:
    """The id of the control that an error link has to focus."""
    base = field.auto_id or field.html_name
    kind = kind_of(field)
    if kind in ("radios", "checkboxes"):
        return f"{base}_0"
    if kind == "date":
        wrong = _wrong_parts(field)
        return f"{base}_{next(part for part in PARTS if part in wrong)}"
    return field.id_for_label or base


def errors_of(form) -> list[dict]:
    """(message, target) of every error of a form or formset, in the order of the page.

    Where a page has many alike, a form's `about` says whose error it is.
    """
    if not getattr(form, "is_bound", False):
        return []
    if isinstance(form, BaseFormSet):
        own = [{"message": message, "target": ""} for message in form.non_form_errors()]
        return own + [error for each in form.forms for error in errors_of(each)]
    wide = getattr(form, "error_target", "")
    wide = target(form[wide]) if wide in form.fields else ""
    found = [{"message": message, "target": wide} for message in form.non_field_errors()]
    for field in _page_order(form):
        where = "" if kind_of(field) == "hidden" else target(field)
        found += [{"message": message, "target": where} for message in field.errors]
    if about := getattr(form, "about", ""):
        return [{**error, "message": f"{about}: {lower_first(error['message'])}"} for error in found]
    return found


def _page_order(form):
    layout = getattr(getattr(form, "helper", None), "layout", None)
    named = [pointer.name for pointer in layout.get_field_names()] if layout else []
    order = {name: number for number, name in reversed(list(enumerate(named)))}
    return sorted(form, key=lambda field: order.get(field.name, len(order)))


def _describedby(field, limit) -> str:
    base = field.auto_id or field.html_name
    parts = [f"{base}_helptext"] if field.help_text else []
    parts += [f"{base}_error"] if field.errors else []
    parts += [f"{base}-info"] if limit else []
    return " ".join(parts)


def _control(field, kind, described, reveals=False):
    widget = field.field.widget
    classes = ["govuk-checkboxes__input" if kind == "checkbox" else CLASSES[kind]]
    if field.errors and kind != "checkbox":
        classes.append(ERROR_CLASSES.get(kind, "govuk-input--error"))
    if described["limit"]:
        classes.append("govuk-js-character-count")
    classes.append(widget.attrs.get("class", ""))
    # A browser that cuts a paste short loses words without a word; the server counts instead.
    attrs = {"class": " ".join(filter(None, classes)), "maxlength": False, "minlength": False, "placeholder": False}
    attrs["aria-describedby"] = described["describedby"] or False
    attrs["data-maxlength"] = False
    if reveals:
        attrs["data-aria-controls"] = f"conditional-{described['id']}"
    if kind == "password":
        attrs |= {"spellcheck": "false", "autocapitalize": "none"}
    if kind == "textarea" and widget.attrs.get("rows") == "10":
        attrs["rows"] = "5"
    if kind == "file":
        widget = _plain_file(widget)
    elif isinstance(widget, forms.NumberInput):
        widget = forms.TextInput(widget.attrs)
        attrs |= {"min": False, "max": False, "step": False}
        attrs["inputmode"] = "numeric" if type(field.field) is forms.IntegerField else "decimal"
    return field.as_widget(widget, attrs=attrs)


def _plain_file(widget):
    """The stock file widget adds a link and a checkbox of its own; a page says itself which file is kept."""
    return widget if widget.attrs.get("multiple") else forms.FileInput(widget.attrs)


def _choices(field, conditionals) -> list[dict]:
    hints = getattr(field.field.widget, "hints", {})
    conditionals = {str(value): html for value, html in conditionals.items()}
    hints = {str(value): hint for value, hint in hints.items()}
    found = []
    for option in field.subwidgets:
        data = option.data
        value = str(data["value"])
        found.append(
            {
                "id": data["attrs"].get("id", ""),
                "name": data["name"],
                "value": value,
                "label": data["label"],
                "checked": data["selected"],
                "disabled": data["attrs"].get("disabled", False),
                "hint": hints.get(value, ""),
                "conditional": conditionals.get(value, ""),
            }
        )
    return found


def _list_classes(kind, widget) -> str:
    classes = [f"govuk-{kind}"]
    classes += [f"govuk-{kind}--{look}" for look in ("inline", "small") if getattr(widget, look, False)]
    return " ".join(classes)


def _wrong_parts(field):
    data = field.form.errors.as_data().get(field.name, []) if field.form.is_bound else []
    return {part for error in data for part in (getattr(error, "params", None) or {}).get("parts", PARTS)} or set(PARTS)


def _date_parts(field) -> list[dict]:
    wrong = _wrong_parts(field) if field.errors else set()
    context = field.field.widget.get_context(field.html_name, field.value(), {"id": field.auto_id})
    parts = []
    for widget in context["widget"]["subwidgets"]:
        part = widget["part"]
        extra = widget["attrs"].get("class", "")
        classes = [CLASSES["date"], extra, "govuk-input--error" if part in wrong else ""]
        parts.append(
            {
                "id": widget["attrs"].get("id", ""),
                "name": widget["name"],
                "label": part.capitalize(),
                "value": "" if widget["value"] is None else widget["value"],
                "numeric": part != "month",
                "disabled": field.field.disabled,
                "classes": " ".join(filter(None, classes)),
            }
        )
    return parts
