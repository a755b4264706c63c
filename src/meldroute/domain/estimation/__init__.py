"""Multiple systems estimation: from overlapping lists to how many people nobody saw, or a reasoned refusal.

    from meldroute.domain.estimation import assess, read_csv
    found = assess(read_csv(text))

Pure NumPy and SciPy; no clock, no files, no Django. `docs/methods/estimation.md` explains each method.
"""

from .assess import Question, assess, existence_of
from .bic import Ranking, rank_models
from .bma import Posterior, average_models
from .bootstrap import Bootstrap, bootstrap, resample
from .checks import Check, hidden_lists, left_out, merged_pairs, under_linkage_error
from .covariates import Classified, CovariateEstimate, estimate_with_covariate
from .existence import existence_code, existence_codes
from .message import BadTable, Message
from .methods import METHODS
from .pointfit import PointFit, fit_model
from .profile import Profile, profile_interval
from .progress import Progress
from .reading import read_csv
from .refusals import publication_refusals, table_refusals
from .result import Assessment, Estimate, Existence, ModelPoint
from .rules import BestBic, Fixed, Rule, Stepwise
from .shift import Shift, shift_curve
from .strata import Strata, Stratum, estimate_strata
from .table import Table
from .terms import Model
from .thresholds import DEFAULT, Thresholds
from .version import VERSION

__all__ = [
    "DEFAULT",
    "METHODS",
    "VERSION",
    "Assessment",
    "BadTable",
    "BestBic",
    "Bootstrap",
    "Check",
    "Classified",
    "CovariateEstimate",
    "Estimate",
    "Existence",
    "Fixed",
    "Message",
    "Model",
    "ModelPoint",
    "PointFit",
    "Posterior",
    "Profile",
    "Progress",
    "Question",
    "Ranking",
    "Rule",
    "Shift",
    "Stepwise",
    "Strata",
    "Stratum",
    "Table",
    "Thresholds",
    "assess",
    "average_models",
    "bootstrap",
    "estimate_strata",
    "estimate_with_covariate",
    "existence_code",
    "existence_codes",
    "existence_of",
    "fit_model",
    "hidden_lists",
    "left_out",
    "merged_pairs",
    "profile_interval",
    "publication_refusals",
    "rank_models",
    "read_csv",
    "resample",
    "shift_curve",
    "table_refusals",
    "under_linkage_error",
]
