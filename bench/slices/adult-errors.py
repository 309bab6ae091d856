"""Writes adult-errors.json: on which rows of Adult a logistic regression on the one-hot columns is wrong.

python3 adult-errors.py ADULT.csv.gz   (needs numpy, pandas, scikit-learn)
"""
import base64
import json
import os
import sys

import numpy as np
import pandas as pd
import sklearn
from sklearn.linear_model import LogisticRegression

data = pd.read_csv(sys.argv[1], header=None, skipinitialspace=True)
codes = pd.DataFrame()
for column in data.columns[:-1]:
    values = data[column]
    if pd.api.types.is_numeric_dtype(values):
        width = (values - values.min()) / (values.max() - values.min())
        codes[column] = np.minimum(9, np.floor(width * 10)).astype(int)
    else:
        codes[column] = pd.Categorical(values).codes
onehot = pd.get_dummies(codes.astype(str))
rich = data.iloc[:, -1].str.startswith(">").astype(int)
model = LogisticRegression(max_iter=1000).fit(onehot, rich)
errors = (model.predict(onehot) != rich).to_numpy()
out = {
    "made": f"logistic regression of scikit-learn {sklearn.__version__} on {onehot.shape[1]} one-hot columns",
    "n": len(errors),
    "errors": int(errors.sum()),
    "bits": base64.b64encode(np.packbits(errors, bitorder="little").tobytes()).decode(),
}
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "adult-errors.json"), "w") as file:
    json.dump(out, file, indent=2)
    file.write("\n")
