"""Site and theme to Plan: every file of the site as a value, before anything renders."""

from generator.plan.answers import Answers
from generator.plan.chrome import CORRECTED, Chrome
from generator.plan.compose import Composer
from generator.plan.ground import Ground
from generator.plan.output import Output, Part
from generator.plan.planner import Known, Plan, make

__all__ = ["CORRECTED", "Answers", "Chrome", "Composer", "Ground", "Known", "Output", "Part", "Plan", "make"]
