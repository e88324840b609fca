"""Raw text, as people select and copy it from a page: the article is found, and what stands around it is told.

lines ─forms→ as they were before a program or a press gave them its form ─traits→ what each line is
  ─chunks→ one stretch of lines for each article ─zones→ where its text is ─titles→ the headline
  ─reading→ date, authors, tags, body, and what was dropped
"""
