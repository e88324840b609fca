"""A built site judged by the rules of publishing: Problems as values, each with its rule.

rules      the table of rules
survey     which files there are
reading    one file's bytes to facts: pages, data, rss, atom, jsonfeed, sitemaps
jsontext   the door to JSON
facts      what is remembered of a file
memory     where it is remembered
places     addresses to files
across     what no file tells by itself
embargo    what is off the site, sought in every file; `secrets` knows how it looks
pictures   pictures by themselves
external   links to other sites; `fetch` asks
run        the line of calls
"""

from generator.check.embargo import Embargo
from generator.check.rules import RULES, Rule
from generator.check.run import CheckReport, CheckRequest, Finding, check
from generator.check.secrets import Secret

__all__ = ["RULES", "CheckReport", "CheckRequest", "Embargo", "Finding", "Rule", "Secret", "check"]
