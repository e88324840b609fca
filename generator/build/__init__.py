"""The pipeline: content → site → plan → bytes → output, and a report of what was done.

request    what is asked for, and what is reported
engine     what besides a site's own files decides about bytes
memory     the manifest as the pipeline sees it
gather     files to rows of the archive
survey     which outputs are as they were left
pipeline   the line of calls
verify     whether the output is what a clean build makes
explain    what each file is made from, and why it was made again
profile    where the time went
"""

from generator.build.front import build, commit
from generator.build.request import BuildReport, BuildRequest, Overdue, Progress, Silent
from generator.build.session import Session

__all__ = ["BuildReport", "BuildRequest", "Overdue", "Progress", "Session", "Silent", "build", "commit"]
