"""What class it is: a probability model of what flies, and what a track's kinematics say of it."""

from tocsin.assess.classify.kinematics import (
    Kinematics,
    kinematics_of,
    kinematics_of_all,
    sea_share,
    sea_shares,
    stacked,
)
from tocsin.assess.classify.model import MODEL, ClassModel
from tocsin.assess.classify.names import CLASSES, LOFTS
from tocsin.assess.classify.posterior import (
    Motions,
    classes,
    classes_by,
    classify,
    classify_all,
    motions,
)

__all__ = [
    "CLASSES",
    "LOFTS",
    "MODEL",
    "ClassModel",
    "Kinematics",
    "Motions",
    "classes",
    "classes_by",
    "classify",
    "classify_all",
    "kinematics_of",
    "kinematics_of_all",
    "motions",
    "sea_share",
    "sea_shares",
    "stacked",
]
