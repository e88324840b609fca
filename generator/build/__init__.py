"""The pipeline: content → site → plan → bytes → output, and a report of what was done.

request    what is asked for, and what is reported
engine     what besides a site's own files decides about bytes
memory     the manifest as the pipeline sees it
left       outputs as they were left, and owners: which family has a path
survey     which outputs are as they were left
gather     files to rows of the archive, and census: what is asked of few of them
skeleton   what is written down of the site that they make
amended    the short way, where few of them changed
pipeline   the line of calls
verify     whether the output is what a clean build makes
explain    what each file is made from, and why it was made again
profile    where the time went
"""

from generator.build.front import build, commit
from generator.build.request import BuildReport, BuildRequest, Overdue, Progress, Silent
from generator.build.session import Session

__all__ = ["BuildReport", "BuildRequest", "Overdue", "Progress", "Session", "Silent", "build", "commit"]
