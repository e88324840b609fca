"""Addresses that are no pages any more: where they lead, or that they are gone."""

from __future__ import annotations

from generator import plan
from generator.build import BuildRequest
from generator.build.standing import Standing
from generator.deploy.hosts import Addresses


def addresses(request: BuildRequest) -> Addresses:
    """What moved and what was withdrawn, as the plan of the build has it: the one place where either comes in.

    Args:
        request: A build that was done.
    """
    answers = plan.make(Standing.of(request).ground(), plan.Known()).answers
    return Addresses(dict(answers.redirects), answers.gone)
