"""The pipeline: content → site → plan → bytes → output, and a report of what was done.

request    what is asked for, and what is reported
engine     what besides a site's own files decides about bytes
memory     the manifest as the pipeline sees it
gather     files to rows of the archive
survey     which outputs are as they were left
pipeline   the line of calls
"""

from generator.build.pipeline import build
from generator.build.request import BuildReport, BuildRequest, Progress, Silent

__all__ = ["BuildReport", "BuildRequest", "Progress", "Silent", "build"]
