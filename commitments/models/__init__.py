from .commitment import Commitment
from .measure import CommitmentMeasure, Measure, Target
from .programme import Programme, Strand
from .strategy import Strategy, StrategyAct

__all__ = [
    "Commitment",
    "CommitmentMeasure",
    "Measure",
    "Programme",
    "Strand",
    "Strategy",
    "StrategyAct",
    "Target",
]
