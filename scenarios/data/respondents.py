"""Writes respondents.csv: 200 invented readers and what each would pay a month.

Three kinds of readers, drawn with a fixed seed. Each value is normal around the kind's mean; a common factor of interest
(weight 0.6) ties the three answers of a reader together. Negative values become 0, answers are rounded to 50 cents, as
people answer.

    python3 respondents.py > respondents.csv
"""

import random

KINDS = [  # share, then mean and standard deviation for each product
    ("commuter", 0.45, {"digital": (13, 5), "print": (9, 7), "magazine": (3, 2.5)}),
    ("household", 0.35, {"digital": (8, 5), "print": (34, 8), "magazine": (6, 3)}),
    ("weekend reader", 0.20, {"digital": (6, 4), "print": (14, 8), "magazine": (11, 4)}),
]
WEIGHT = 0.6

draw = random.Random(2024)
print("respondent,kind,digital,print,magazine")
for number in range(1, 201):
    kind, _, products = draw.choices(KINDS, weights=[share for _, share, _ in KINDS])[0]
    interest = draw.gauss(0, 1)
    answers = []
    for mean, spread in products.values():
        value = mean + spread * (WEIGHT * interest + (1 - WEIGHT**2) ** 0.5 * draw.gauss(0, 1))
        answers.append(f"{max(0, round(2 * value) / 2):g}")
    print(number, kind, *answers, sep=",")
