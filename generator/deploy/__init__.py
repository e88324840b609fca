"""A built site onto a place where readers find it: whole or not at all.

run          the line of calls
request      what is asked of a publication, and what it reports
gates        what keeps a site from being published
digests      files of the output folder, each with its digest
addresses    addresses that are no pages any more
hosts/       redirects, headers and types in the words of web servers and hosts
headers      what a host says of a file, and when it goes up
listing      all that a place is to have
publication  what is to be done so that it has it
places       from settings to a place
place        what every place can do, and who may do it
names        of releases
disk         files of a place on this machine
programs     git, ssh, rsync, sftp, and what they may say
folder       a folder on this machine, with releases
files        one without
remote       a folder on another machine, by ssh
branch       a branch of a git repository
bucket       object storage
after        what follows once readers see the site
owed         what has not followed yet
log          what this machine published
"""

from generator.deploy.request import Accept, DeployReport, DeployRequest, Past
from generator.deploy.run import deploy, past, roll_back

__all__ = ["Accept", "DeployReport", "DeployRequest", "Past", "deploy", "past", "roll_back"]
