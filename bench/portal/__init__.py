"""The portal: a release made, served, searched, repaired, and read on a poor phone.

GUONG_BENCH_STORIES says of how many stories releases are made (`1000,10000`), GUONG_BENCH_PAGES how many
the search file knows (100000), GUONG_BENCH_ONLY which parts are measured (all of `PARTS`).
"""
