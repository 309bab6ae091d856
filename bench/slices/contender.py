"""The Python package `sliceline` on a table of codes: reads a CSV (columns of codes, the last one the error) and prints as JSON
what it found, the seconds it took and the most memory it held.

python3 contender.py FILE ALPHA K MAX_LEVEL MIN_SUPPORT
"""
import json
import logging
import resource
import sys
import time

import numpy as np
import pandas as pd
import sliceline
from sliceline.slicefinder import Slicefinder

logging.disable(logging.CRITICAL)
path, alpha, k, level, support = sys.argv[1:6]
table = pd.read_csv(path).to_numpy()
codes, errors = table[:, :-1], table[:, -1]
finder = Slicefinder(alpha=float(alpha), k=int(k), max_l=int(level), min_sup=int(support), verbose=False)
began = time.perf_counter()
finder.fit(codes, errors)
seconds = time.perf_counter() - began
found = []
for conditions, stats in zip(finder.top_slices_, finder.top_slices_statistics_):
    inside = np.ones(len(codes), dtype=bool)
    cells = []
    for column, code in enumerate(conditions):
        if code is not None:
            inside &= codes[:, column] == code
            cells.append([column, int(code)])
    found.append({"cells": cells, "size": int(inside.sum()), "errors": float(errors[inside].sum())})
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps({"version": sliceline.__version__ if hasattr(sliceline, "__version__") else "?", "seconds": seconds, "mib": memory / 1024, "found": found}))
