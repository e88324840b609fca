"""What a build remembers: which inputs it saw, what it made of them, what it wrote. All of it can be lost without harm.

stamps     size and times of a file, and when they may be trusted
packs      records of documents, appended and never changed
extents    stretches of a file, read where somebody asks for them, and checked
tables     rows of a name, a stamp and bytes, which lie in a file until somebody asks for them
manifest   the tables of all that was seen and written, one file
changes    what changed since it was written, where that is little, another one
state      a folder with these, and its lock
"""
