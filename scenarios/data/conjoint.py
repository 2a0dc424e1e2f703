"""Writes conjoint.csv: 300 invented respondents and what each likes in an electric bicycle.

Two kinds of riders, drawn with a fixed seed. A part-worth is normal around the kind's mean; the one of price is log-normal,
so that nobody likes to pay. These are utilities with noise of scale 1, as a choice-based conjoint study estimates them for
each respondent; the reference levels (an unknown brand, a hub motor) have part-worth 0 and no column.

    python3 conjoint.py > conjoint.csv
"""

import math
import random

ATTRIBUTES = ["range (10 km)", "weight in kg", "brand: Velon", "brand: Rota", "motor: mid-drive"]
KINDS = [  # share; mean of each part-worth; median price sensitivity in utility per 100 EUR
    (0.6, [0.25, -0.08, 0.8, 0.5, 0.6], 0.35),  # commuters
    (0.4, [0.45, -0.15, 0.4, 0.9, 1.4], 0.20),  # tourers
]
SPREAD = [0.08, 0.04, 0.5, 0.5, 0.5]

draw = random.Random(2025)
print("respondent", *ATTRIBUTES, "none", "price", sep=",")
for number in range(1, 301):
    _, means, sensitivity = draw.choices(KINDS, weights=[share for share, _, _ in KINDS])[0]
    worths = [draw.gauss(mean, spread) for mean, spread in zip(means, SPREAD)]
    none = draw.gauss(-4, 1)
    price = -sensitivity / 100 * math.exp(draw.gauss(0, 0.3))
    print(number, *(f"{worth:.3f}" for worth in worths), f"{none:.3f}", f"{price:.6f}", sep=",")
