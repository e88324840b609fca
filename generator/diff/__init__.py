"""What the next publication changes for readers and subscribers.

report   what was found, as values
folders  the site beside another output folder
leaks    what is to come and shows already
run      the line of calls
"""

from generator.diff.report import Change, FeedChange, Gate, Group, Leak, Report
from generator.diff.run import compare_gone, diff, published, subscribed

__all__ = ["Change", "FeedChange", "Gate", "Group", "Leak", "Report", "compare_gone", "diff", "published", "subscribed"]
