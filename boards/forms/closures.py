"""Days on which the body, or one board's, is closed."""

from typing import Any

from boards.models import Closure
from kit.fields import DateField
from kit.record_forms import RecordForm

LONGEST_DAYS = 366


class ClosureForm(RecordForm):
    """First and last day, why, and whether it is for one board only."""

    beside = {"closure_ends_after_it_starts": "ends"}
    asks = {"label": "Say why it is closed"}
    starts = DateField(label="First day", named="The first day")
    ends = DateField(label="Last day", named="The last day", help_text="The same as the first for a single day.")

    class Meta:
        model = Closure
        fields = ["label", "starts", "ends", "board"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["label"].help_text = "It is named wherever a deadline steps over these days."
        board = self.fields["board"]
        board.label, board.empty_label = "For one board only (optional)", "For all boards"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and (ends - starts).days > LONGEST_DAYS:
            self.add_error("ends", "A closure lasts a year at most")
        return cleaned
