from .expected_figure import ExpectedFigure
from .observation import Observation
from .progress_return import ProgressReturn, ReturnAct
from .reporting_round import ReportingRound, RoundAct
from .return_version import ChangeRequest, ReturnVersion

__all__ = [
    "ChangeRequest",
    "ExpectedFigure",
    "Observation",
    "ProgressReturn",
    "ReportingRound",
    "ReturnAct",
    "ReturnVersion",
    "RoundAct",
]
