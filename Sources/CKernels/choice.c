// Which offer each customer takes when the best surplus decides.

#include "kernel.h"

// A table of so many entries is looked up entry by entry.
enum { FEW_ENTRIES = 16 };

// The standing of one customer while alternatives pass by. The choice is kept as a double while doubles select it:
// vectors then have lanes of one width.
struct standing {
    double best;
    double second;
    double choice;
};

// The standings of a block of customers, between passes.
struct standings {
    BERTRAND_SCRATCH double best[BERTRAND_BLOCK];
    BERTRAND_SCRATCH double second[BERTRAND_BLOCK];
    BERTRAND_SCRATCH double choice[BERTRAND_BLOCK];
};

BERTRAND_INLINE struct standing get(const struct standings *standings, size_t i) {
    const struct standing one = {standings->best[i], standings->second[i], standings->choice[i]};
    return one;
}

BERTRAND_INLINE void put(struct standings *standings, size_t i, struct standing one) {
    standings->best[i] = one.best;
    standings->second[i] = one.second;
    standings->choice[i] = one.choice;
}

// Lets `group` alternatives, from `first` on, pass by customer i.
BERTRAND_INLINE struct standing after_group(
    struct standing standing, const double *restrict values, size_t stride, const double *restrict prices,
    size_t first, size_t group, size_t i
) {
    for (size_t member = 0; member < group; member++) {
        const size_t alternative = first + member;
        // Two alternatives tie exactly when the second best surplus equals the best. The order of the operands keeps
        // out a surplus that is NaN, and what costs infinity is worth -infinity or NaN.
        const double surplus = values[alternative * stride + i] - prices[alternative];
        const int leads = surplus > standing.best;
        const double loser = leads ? standing.best : surplus;
        standing.second = loser > standing.second ? loser : standing.second;
        standing.choice = leads ? (double)alternative : standing.choice;
        standing.best = leads ? surplus : standing.best;
    }
    return standing;
}

// What a customer does in the end. Returns whether two or more alternatives share the surplus that wins.
BERTRAND_INLINE int conclude(struct standing standing, double outside, int32_t *choice, double *surplus) {
    const int buys = standing.choice >= 0.0;
    *choice = (int32_t)standing.choice;
    *surplus = buys ? standing.best : outside;
    return buys & (standing.second == standing.best);
}

// A choice among few alternatives, whose number is a constant where this is inlined: nothing leaves the registers.
BERTRAND_INLINE size_t choose_among_few(
    size_t alternatives, const double *restrict values, size_t stride, const double *restrict prices, size_t count,
    struct standing start, double outside, int32_t *restrict choices, double *restrict surpluses
) {
    size_t ties = 0;
    BERTRAND_VECTORISE
    for (size_t i = 0; i < count; i++) {
        const struct standing end = after_group(start, values, stride, prices, 0, alternatives, i);
        ties += (size_t)conclude(end, outside, &choices[i], &surpluses[i]);
    }
    return ties;
}

// A choice among any number of alternatives for a block of customers, in passes of four and then of one.
BERTRAND_INLINE size_t choose_among_many(
    size_t alternatives, const double *restrict values, size_t stride, const double *restrict prices, size_t length,
    struct standing start, double outside, int32_t *restrict choices, double *restrict surpluses
) {
    struct standings standings;
    BERTRAND_VECTORISE
    for (size_t i = 0; i < length; i++) {
        put(&standings, i, start);
    }
    size_t first = 0;
    for (; first + 4 <= alternatives; first += 4) {
        BERTRAND_VECTORISE
        for (size_t i = 0; i < length; i++) {
            put(&standings, i, after_group(get(&standings, i), values, stride, prices, first, 4, i));
        }
    }
    for (; first < alternatives; first++) {
        BERTRAND_VECTORISE
        for (size_t i = 0; i < length; i++) {
            put(&standings, i, after_group(get(&standings, i), values, stride, prices, first, 1, i));
        }
    }
    size_t ties = 0;
    BERTRAND_VECTORISE
    for (size_t i = 0; i < length; i++) {
        ties += (size_t)conclude(get(&standings, i), outside, &choices[i], &surpluses[i]);
    }
    return ties;
}

// A choice between one alternative and nothing: nothing can tie with it.
BERTRAND_INLINE void take_or_leave(
    const double *restrict values, double price, size_t count, double floor, double outside,
    int32_t *restrict choices, double *restrict surpluses
) {
    BERTRAND_VECTORISE
    for (size_t i = 0; i < count; i++) {
        const double surplus = values[i] - price;
        choices[i] = surplus > floor ? 0 : -1;
        surpluses[i] = surplus > floor ? surplus : outside;
    }
}

BERTRAND_KERNEL
size_t bertrand_best_alternatives(
    const double *restrict values, size_t stride, const double *restrict prices, size_t alternatives, size_t count,
    double outside, int32_t *restrict choices, double *restrict surpluses
) {
    // Starting just below the outside option turns "at least as good as outside" into the same strict comparison
    // that ranks alternatives. From -infinity nothing that is worth -infinity is ever chosen.
    const struct standing start = {next_below(outside), -__builtin_inf(), -1.0};
#define FEW(number) \
    case number: \
        return choose_among_few(number, values, stride, prices, count, start, outside, choices, surpluses)
    switch (alternatives) {
        FEW(0);
    case 1:
        take_or_leave(values, prices[0], count, start.best, outside, choices, surpluses);
        return 0;
        FEW(2);
        FEW(3);
        FEW(4);
        FEW(5);
        FEW(6);
        FEW(7);
        FEW(8);
    }
#undef FEW
    size_t ties = 0;
    for (size_t i = 0; i < count; i += BERTRAND_BLOCK) {
        const size_t length = smaller_size(count - i, BERTRAND_BLOCK);
        ties += choose_among_many(
            alternatives, values + i, stride, prices, length, start, outside, choices + i, surpluses + i);
    }
    return ties;
}

BERTRAND_KERNEL
void bertrand_tally(
    const int32_t *restrict choices, const double *restrict surpluses, size_t count, int32_t first, size_t alternatives,
    double *restrict counts, double *restrict surplus_total
) {
    if (alternatives <= 16) {
        // A few passes over a block that is in cache beat increments that wait for each other's stores.
        for (size_t start = 0; start < count; start += BERTRAND_BLOCK) {
            const size_t end = start + smaller_size(count - start, BERTRAND_BLOCK);
            for (size_t alternative = 0; alternative < alternatives; alternative++) {
                uint32_t chosen = 0;
                BERTRAND_VECTORISE
                for (size_t i = start; i < end; i++) {
                    chosen += choices[i] == first + (int32_t)alternative;
                }
                counts[alternative] += (double)chosen;
            }
        }
    } else {
        for (size_t i = 0; i < count; i++) {
            // As unsigned, what lies before the first lies beyond every alternative.
            const uint32_t alternative = (uint32_t)choices[i] - (uint32_t)first;
            if (alternative < alternatives) {
                counts[alternative] += 1.0;
            }
        }
    }

    if (!surplus_total) {
        return;
    }
    // Element i always goes to partial sum i mod 8, and the eight are always joined in one order.
    double partial[8] = {0.0};
    size_t i = 0;
    for (; i + 8 <= count; i += 8) {
        for (size_t lane = 0; lane < 8; lane++) {
            partial[lane] += surpluses[i + lane];
        }
    }
    for (size_t lane = 0; i + lane < count; lane++) {
        partial[lane] += surpluses[i + lane];
    }
    const double even = (partial[0] + partial[4]) + (partial[2] + partial[6]);
    const double odd = (partial[1] + partial[5]) + (partial[3] + partial[7]);
    *surplus_total += even + odd;
}

BERTRAND_KERNEL
size_t bertrand_take_better(
    const double *restrict trials, size_t count, int32_t number, double *restrict bests, int32_t *restrict choices,
    int32_t *restrict ties
) {
    size_t equals = 0;
    BERTRAND_VECTORISE
    for (size_t i = 0; i < count; i++) {
        const int leads = trials[i] > bests[i];
        equals += trials[i] == bests[i];
        bests[i] = leads ? trials[i] : bests[i];
        choices[i] = leads ? number : choices[i];
        ties[i] = leads ? 1 : ties[i];
    }
    return equals;
}

BERTRAND_KERNEL
void bertrand_drop_marked(
    const int32_t *restrict numbers, size_t count, const int32_t *restrict marks, int32_t *restrict choices
) {
    for (size_t i = 0; i < count; i++) {
        choices[i] = marks[numbers[i]] ? -1 : choices[i];
    }
}

BERTRAND_KERNEL
void bertrand_drop_few_marked(
    const int32_t *restrict numbers, size_t count, uint32_t marks, int32_t *restrict choices
) {
    BERTRAND_VECTORISE
    for (size_t i = 0; i < count; i++) {
        choices[i] |= -(int32_t)(marks >> (uint32_t)numbers[i] & 1);
    }
}

BERTRAND_KERNEL
void bertrand_look_up(
    const int32_t *restrict choices, size_t count, const int32_t *restrict table, size_t size, int32_t *restrict sums
) {
    if (size <= FEW_ENTRIES) {
        // An entry at a time, and most tables are mostly zeros.
        for (int32_t entry = 0; entry < (int32_t)size; entry++) {
            const int32_t number = table[entry];
            if (number == 0) {
                continue;
            }
            BERTRAND_VECTORISE
            for (size_t i = 0; i < count; i++) {
                sums[i] += choices[i] == entry ? number : 0;
            }
        }
        return;
    }
    for (size_t i = 0; i < count; i++) {
        if (choices[i] >= 0) {
            sums[i] += table[choices[i]];
        }
    }
}

BERTRAND_KERNEL
size_t bertrand_count_positive(const int32_t *restrict numbers, size_t count) {
    size_t positive = 0;
    BERTRAND_VECTORISE
    for (size_t i = 0; i < count; i++) {
        positive += numbers[i] > 0;
    }
    return positive;
}

size_t bertrand_serve_in_line(
    const int32_t *restrict order, size_t count, const int32_t *restrict needs, int64_t room
) {
    size_t served = 0;
    while (served < count && needs[order[served]] <= room) {
        room -= needs[order[served]];
        served++;
    }
    return served;
}

double bertrand_running_sum(const double *restrict numbers, size_t count, double start) {
    for (size_t i = 0; i < count; i++) {
        start += numbers[i];
    }
    return start;
}
