"""One form field, or the error summary of whole forms, in the design system's markup. For the template pack."""

from django import template
from django.template.loader import render_to_string

from kit import controls

register = template.Library()


@register.simple_tag
def govuk_field(field, **options):
    """A field with its label, hint and error. Options: see kit.controls.describe."""
    field.form.use_required_attribute = False
    described = controls.describe(field, **options)
    return render_to_string(f"govuk/widgets/{described['kind']}.html", described)


@register.inclusion_tag("govuk/error_summary.html")
def error_summary(*forms, repeat=False):
    """All errors of these forms and formsets, each linked to the control that mends it.

    Shown once a page: base.html puts it above the heading, and a form that is drawn later leaves it out.
    """
    fresh = [form for form in forms if form and (repeat or not getattr(form, "error_summary_shown", False))]
    errors = [error for form in fresh for error in controls.errors_of(form)]
    if errors:
        for form in fresh:
            form.error_summary_shown = True
    return {"errors": errors}
