from .commitment import Commitment
from .dimension import Dimension, Group
from .measure import CommitmentMeasure, Measure, Target
from .measure_version import MeasureVersion
from .programme import Programme, Strand
from .strategy import Strategy, StrategyAct

__all__ = [
    "Commitment",
    "CommitmentMeasure",
    "Dimension",
    "Group",
    "Measure",
    "MeasureVersion",
    "Programme",
    "Strand",
    "Strategy",
    "StrategyAct",
    "Target",
]
