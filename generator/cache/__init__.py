"""What a build remembers: which inputs it saw, what it made of them, what it wrote. All of it can be lost without harm.

stamps     size and times of a file, and when they may be trusted
packs      records of documents, appended and never changed
manifest   the table of all that was seen and written, one file, checked as a whole
state      a folder with these three, and its lock
"""
