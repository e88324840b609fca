"""Dateline beside other site generators: one corpus, sites of equal work, runs in turns."""
