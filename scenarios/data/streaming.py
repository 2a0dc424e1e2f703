"""Writes three invented surveys of a streaming service: streaming-meter.csv, streaming-purchase.csv, streaming-choices.csv.

Households would pay a month for our service (normal, mean 13.5, standard deviation 3.5), fans more (20, 4); for the rival's
12.5 and 13 (4). Each knows what the service is worth to them up to a log-normal error of 15%. Four prices are 40%, 65%,
90% and 100% of what they would pay, to 50 cents; they would buy up to it; and they choose what leaves them most, with a
Gumbel error of scale 1.50. Change the numbers, or put your own files in their place.

    python3 streaming.py
"""

import math
import random

PRICES = [7.99, 9.99, 11.99, 13.99, 15.99, 17.99, 19.99]
draw = random.Random(7)


def person():
    if draw.random() < 0.65:
        return draw.gauss(13.5, 3.5), draw.gauss(12.5, 4)
    return draw.gauss(20, 4), draw.gauss(13, 4)


def stated(value):
    return max(0.0, value * math.exp(draw.gauss(0, 0.15) - 0.15**2 / 2))


def gumbel(scale):
    return -scale * math.log(-math.log(draw.random()))


with open("streaming-meter.csv", "w") as file:
    print("respondent,too cheap,cheap,expensive,too expensive", file=file)
    for number in range(1, 121):
        value, _ = person()
        answers = [round(2 * stated(part * value)) / 2 for part in (0.40, 0.65, 0.90, 1.00)]
        print(number, *(f"{answer:.2f}" for answer in answers), sep=",", file=file)

with open("streaming-purchase.csv", "w") as file:
    print("respondent", *(f"{price:.2f}" for price in PRICES), sep=",", file=file)
    for number in range(1, 121):
        most = stated(person()[0])
        print(number, *("yes" if price <= most else "no" for price in PRICES), sep=",", file=file)

with open("streaming-choices.csv", "w") as file:
    print("respondent,task,product,price,chosen", file=file)
    for number in range(1, 61):
        ours, theirs = person()
        for task in range(1, 7):
            shown = [("series and film", draw.choice(PRICES), ours), ("sport and series", draw.choice(PRICES), theirs)]
            liking = [value - price + gumbel(1.5) for _, price, value in shown] + [gumbel(1.5)]
            best = liking.index(max(liking))
            for place, (name, price, _) in enumerate(shown):
                print(number, task, name, f"{price:.2f}", int(place == best), sep=",", file=file)
            print(number, task, "none", "", int(best == 2), sep=",", file=file)
