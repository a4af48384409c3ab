"""Layout objects for forms. Unlike the stock ones they never compile their text as a template: text is text.

helper(self, "title", Reveal("rating", {"amber": ["reason"], "red": ["reason_red"]}), submit="Save and continue")
"""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, LayoutObject
from crispy_forms.utils import TEMPLATE_PACK, render_field
from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from kit.templatetags.kit import nl2p


class Question(LayoutObject):
    """One field with a larger label; with heading=True the label is the page's h1."""

    def __init__(self, name, *, size="s", heading=False, label_hidden=False):
        self.fields = [name]
        self.options = {"label_size": size, "heading": heading, "label_hidden": label_hidden}

    def render(self, form, context, template_pack=TEMPLATE_PACK, **kwargs):
        options = {"field_options": self.options}
        return render_field(self.fields[0], form, context, template_pack=template_pack, extra_context=options)


class Reveal(LayoutObject):
    """Radios, checkboxes or one checkbox (value True) that show more questions under a choice.

    Without JavaScript all of them are shown.
    """

    def __init__(self, name, under, *, size="s", heading=False):
        self.name = name
        self.under = {value: [names] if isinstance(names, str) else list(names) for value, names in under.items()}
        self.options = {"label_size": size, "heading": heading}
        self.fields = [name, *(field for names in self.under.values() for field in names)]

    def render(self, form, context, template_pack=TEMPLATE_PACK, **kwargs):
        shown = {
            value: SafeString("".join(render_field(name, form, context, template_pack=template_pack) for name in names))
            for value, names in self.under.items()
        }
        options = {"field_options": {**self.options, "conditionals": shown}}
        return render_field(self.name, form, context, template_pack=template_pack, extra_context=options)


class Fieldset(LayoutObject):
    """Fields under one legend. size: s, m, l."""

    def __init__(self, legend, *fields, size="m", hint=""):
        self.legend, self.size, self.hint = legend, size, hint
        self.fields = list(fields)

    def render(self, form, context, template_pack=TEMPLATE_PACK, **kwargs):
        fields = self.get_rendered_fields(form, context, template_pack, **kwargs)
        values = {"legend": self.legend, "size": self.size, "hint": self.hint, "fields": fields}
        return render_to_string(f"{template_pack}/layout/fieldset.html", values)


class Row(LayoutObject):
    """Short questions side by side, where there is room."""

    def __init__(self, *fields):
        self.fields = list(fields)

    def render(self, form, context, template_pack=TEMPLATE_PACK, **kwargs):
        fields = self.get_rendered_fields(form, context, template_pack, **kwargs)
        return SafeString(f'<div class="stride-row">{fields}</div>')


class Beside(LayoutObject):
    """A question with last quarter's answer at its side.

    `last` is plain text, markup already marked safe, or the name of a template that ends in .html.
    """

    def __init__(self, field, last, *, title="Last quarter"):
        self.fields = [field]
        self.last, self.title = last, title

    def render(self, form, context, template_pack=TEMPLATE_PACK, **kwargs):
        values = {"fields": self.get_rendered_fields(form, context, template_pack, **kwargs), "title": self.title}
        values["label"] = form[self.fields[0]].label
        values["last"] = self._last(context)
        return render_to_string(f"{template_pack}/layout/beside.html", values)

    def _last(self, context):
        if isinstance(self.last, SafeString):
            return self.last
        if str(self.last).endswith(".html"):
            return render_to_string(str(self.last), context.flatten())
        return nl2p(self.last or "No answer last quarter.")


class Text:
    """A paragraph between questions; or any markup already marked safe."""

    def __init__(self, text):
        self.text = text

    def render(self, form, context, template_pack=TEMPLATE_PACK, **kwargs):
        if isinstance(self.text, SafeString):
            return self.text
        return SafeString(f'<p class="govuk-body">{conditional_escape(self.text)}</p>')


class Submit:
    """A button that sends the form. look: "", secondary, warning."""

    def __init__(self, label, *, name="", value="", look=""):
        self.label, self.name, self.value, self.look = label, name, value, look

    def render(self, form, context, template_pack=TEMPLATE_PACK, **kwargs):
        return render_to_string(f"{template_pack}/layout/submit.html", {"button": self})


class Link:
    """A way out beside the buttons: "Cancel"."""

    def __init__(self, label, url):
        self.label, self.url = label, url

    def render(self, form, context, template_pack=TEMPLATE_PACK, **kwargs):
        return render_to_string(f"{template_pack}/layout/link.html", {"link": self})


class Buttons(LayoutObject):
    def __init__(self, *fields):
        self.fields = list(fields)

    def render(self, form, context, template_pack=TEMPLATE_PACK, **kwargs):
        buttons = self.get_rendered_fields(form, context, template_pack, **kwargs)
        return SafeString(f'<div class="govuk-button-group">{buttons}</div>')


def helper(form, *layout, submit="Save", secondary=(), action="", method="post", css_class="") -> FormHelper:
    """A helper with buttons. Without a layout it draws every field. secondary: Submit, Link or (label, url)."""
    made = FormHelper()
    made.form_method = method
    made.form_action = action
    made.form_class = css_class
    made.include_media = False
    made.render_hidden_fields = True
    extra = [Link(*each) if isinstance(each, tuple) else each for each in secondary]
    main = [Submit(submit) if isinstance(submit, str) else submit] if submit else []
    buttons = [Buttons(*main, *extra)] if main or extra else []
    made.layout = Layout(*(layout or form.fields), *buttons)
    return made
