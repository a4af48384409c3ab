from .commitment import Commitment, CommitmentAct
from .dimension import Dimension, Group
from .measure import CommitmentMeasure, Measure, Target
from .measure_version import MeasureVersion
from .programme import Programme, Strand
from .strategy import Strategy, StrategyAct

__all__ = [
    "Commitment",
    "CommitmentAct",
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
