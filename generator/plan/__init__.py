"""Site and theme to Plan: every file of the site as a value, before anything renders."""

from generator.plan.output import Output, Plan
from generator.plan.planner import make

__all__ = ["Output", "Plan", "make"]
