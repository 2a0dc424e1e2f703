// What customers take of products and bundles that are worth the sum of their parts (Adams & Yellen 1976): the best of
// each category by itself, and the set of bundles with the largest gain over that.

#include "eight.h"

// Customers are taken a few at a time, so that all that is known of them stays in the near cache. The number is a
// constant, and places beyond the last customer repeat him: every loop is whole vectors without a remainder.
enum { CROWD = 64 };

// The parts of a menu.
struct menu {
    size_t categories, singles, bundles, packings;
    const int32_t *single_offers, *single_alternatives, *single_categories;
    const int32_t *bundle_offers, *bundle_starts, *bundle_alternatives, *bundle_categories;
    const int32_t *packing_starts, *packing_bundles;
    const double *rival_prices;
    double tolerance;
};

BERTRAND_INLINE struct menu parts_of(const int32_t *numbers, const double *rival_prices, double tolerance) {
    struct menu menu = {.rival_prices = rival_prices, .tolerance = tolerance};
    menu.categories = (size_t)numbers[0];
    menu.singles = (size_t)numbers[1];
    menu.bundles = (size_t)numbers[2];
    menu.packings = (size_t)numbers[3];
    menu.single_offers = numbers + 4;
    menu.single_alternatives = menu.single_offers + menu.singles;
    menu.single_categories = menu.single_alternatives + menu.singles;
    menu.bundle_offers = menu.single_categories + menu.singles;
    menu.bundle_starts = menu.bundle_offers + menu.bundles;
    menu.bundle_alternatives = menu.bundle_starts + menu.bundles + 1;
    menu.bundle_categories = menu.bundle_alternatives + menu.bundle_starts[menu.bundles];
    menu.packing_starts = menu.bundle_categories + menu.bundle_starts[menu.bundles];
    menu.packing_bundles = menu.packing_starts + menu.packings + 1;
    return menu;
}

// What customers would take, and what it earns.
struct standing {
    BERTRAND_SCRATCH double worth[CROWD];
    BERTRAND_SCRATCH double margin[CROWD];
};

// The better of what is there and something else; of what is equal but for rounding, what earns more.
BERTRAND_INLINE void consider(struct standing *best, size_t i, double worth, double margin, double tolerance) {
    const double known = best->worth[i];
    const double kept = best->margin[i];
    const int leads = worth > known + tolerance;
    const int equals = (worth >= known - tolerance) & (margin > kept);
    const double larger = worth > known ? worth : known;
    best->worth[i] = leads | equals ? larger : known;
    best->margin[i] = leads | equals ? margin : kept;
}

BERTRAND_INLINE void consider_all(struct standing *restrict best, const struct standing *restrict other, double tolerance) {
    BERTRAND_VECTORISE
    for (size_t i = 0; i < CROWD; i++) {
        consider(best, i, other->worth[i], other->margin[i], tolerance);
    }
}

BERTRAND_INLINE void fill(struct standing *standing, double worth, double margin) {
    for (size_t i = 0; i < CROWD; i++) {
        standing->worth[i] = worth;
        standing->margin[i] = margin;
    }
}

BERTRAND_INLINE void add(struct standing *sum, const struct standing *part) {
    for (size_t i = 0; i < CROWD; i++) {
        sum->worth[i] += part->worth[i];
        sum->margin[i] += part->margin[i];
    }
}

// The numbers of a row for the customers from `start` on: where they stand, or copied where the row ends among them.
BERTRAND_INLINE const double *crowd(const double *row, size_t start, size_t length, double *restrict copied) {
    if (length == CROWD) {
        return row + start;
    }
    for (size_t i = 0; i < CROWD; i++) {
        copied[i] = row[start + smaller_size(i, length - 1)];
    }
    return copied;
}

// The best of each category by itself, and what each bundle adds to the best of its categories, which follow in `room`.
BERTRAND_INLINE void lay_out(
    const struct menu *menu, const double *restrict prices, const double *restrict margins,
    const double *restrict values, const double *restrict others, size_t stride, size_t start, size_t length,
    struct standing *restrict room
) {
    const double tolerance = menu->tolerance;
    BERTRAND_SCRATCH double copied[CROWD];
    BERTRAND_SCRATCH double copied_too[CROWD];
    for (size_t category = 0; category < menu->categories; category++) {
        fill(&room[category], 0.0, 0.0);
        if (others) {
            memcpy(room[category].worth, crowd(others + category * stride, start, length, copied), sizeof copied);
        }
    }
    for (size_t place = 0; place < menu->singles; place++) {
        const double price = prices[menu->single_offers[place]];
        const double margin = margins[menu->single_offers[place]];
        if (!(price < __builtin_inf())) {
            continue;
        }
        const double *worth = crowd(values + (size_t)menu->single_alternatives[place] * stride, start, length, copied);
        struct standing *best = &room[menu->single_categories[place]];
        BERTRAND_VECTORISE_IN_PLACE
        for (size_t i = 0; i < CROWD; i++) {
            consider(best, i, worth[i] - price, margin, tolerance);
        }
    }
    for (size_t bundle = 0; bundle < menu->bundles; bundle++) {
        struct standing *gain = &room[menu->categories + bundle];
        const int32_t offer = menu->bundle_offers[bundle];
        const double rival_price = menu->rival_prices[bundle];
        const double price = offer < 0 ? 0.0 : prices[offer];
        const double margin = offer < 0 ? 0.0 : margins[offer];
        const int32_t *alternatives = menu->bundle_alternatives + menu->bundle_starts[bundle];
        const int32_t *categories = menu->bundle_categories + menu->bundle_starts[bundle];
        const size_t parts = (size_t)(menu->bundle_starts[bundle + 1] - menu->bundle_starts[bundle]);
        // The first two parts, which every bundle has, in one go.
        const double *worth = crowd(values + (size_t)alternatives[0] * stride, start, length, copied);
        const double *worth_too = crowd(values + (size_t)alternatives[1] * stride, start, length, copied_too);
        BERTRAND_VECTORISE_IN_PLACE
        for (size_t i = 0; i < CROWD; i++) {
            gain->worth[i] = -rival_price + worth[i] + worth_too[i];
        }
        for (size_t part = 2; part < parts; part++) {
            worth = crowd(values + (size_t)alternatives[part] * stride, start, length, copied);
            BERTRAND_VECTORISE_IN_PLACE
            for (size_t i = 0; i < CROWD; i++) {
                gain->worth[i] += worth[i];
            }
        }
        const struct standing *apart = &room[categories[0]];
        const struct standing *apart_too = &room[categories[1]];
        BERTRAND_VECTORISE_IN_PLACE
        for (size_t i = 0; i < CROWD; i++) {
            gain->worth[i] = gain->worth[i] - price - apart->worth[i] - apart_too->worth[i];
            gain->margin[i] = margin - apart->margin[i] - apart_too->margin[i];
        }
        for (size_t part = 2; part < parts; part++) {
            apart = &room[categories[part]];
            BERTRAND_VECTORISE_IN_PLACE
            for (size_t i = 0; i < CROWD; i++) {
                gain->worth[i] -= apart->worth[i];
                gain->margin[i] -= apart->margin[i];
            }
        }
    }
}

// What the categories earn by themselves.
BERTRAND_INLINE void add_margins(const struct menu *menu, const struct standing *room, double *restrict sum) {
    for (size_t i = 0; i < CROWD; i++) {
        sum[i] = 0.0;
    }
    for (size_t category = 0; category < menu->categories; category++) {
        for (size_t i = 0; i < CROWD; i++) {
            sum[i] += room[category].margin[i];
        }
    }
}

// Whether the menu is two products of two categories and a bundle of both, and nobody sells anything else.
BERTRAND_INLINE int is_pair(const struct menu *menu, const double *others) {
    if (others || menu->categories != 2 || menu->singles != 2 || menu->bundles != 1 || menu->packings != 2
        || menu->bundle_starts[1] != 2 || menu->bundle_offers[0] < 0) {
        return 0;
    }
    const int32_t *alone = menu->single_alternatives, *parts = menu->bundle_alternatives;
    return menu->single_categories[0] != menu->single_categories[1]
        && ((alone[0] == parts[0] && alone[1] == parts[1]) || (alone[0] == parts[1] && alone[1] == parts[0]));
}

// The first number where something is so, else the second.
BERTRAND_INLINE eight select(eight_words is_so, eight first, eight second) {
    return (eight)(((eight_words)first & is_so) | ((eight_words)second & ~is_so));
}

// What is worth more than this is taken: a little less than nothing too, where that earns more.
BERTRAND_INLINE double floor_of(double margin, double tolerance) {
    return margin > 0.0 ? next_below(-tolerance) : tolerance;
}

// Nothing where nobody takes, though the margin of what nobody can pay be infinite.
BERTRAND_INLINE double earned_from(double takers, double margin) {
    return takers > 0.0 ? takers * margin : 0.0;
}

// Such a pair at its prices, for eight customers at once.
struct pair {
    eight price, price_too, price_both;
    // What each product has to be worth beyond its price; and both together, by what is taken of them otherwise.
    eight floor, floor_too, floor_none, floor_one, floor_other, floor_both;
    // How many take each alone, and both, by weight, in partial sums i mod 8.
    eight takers, takers_too, takers_both;
};

// Of a usual pair both products earn something, and the bundle more than either: then there is less to compare.
BERTRAND_INLINE void add_eight(struct pair *pair, int is_usual, eight worth, eight worth_too, eight weight) {
    const eight zero = {0};
    const eight alone = worth - pair->price, alone_too = worth_too - pair->price_too;
    const eight_words takes = alone > pair->floor, takes_too = alone_too > pair->floor_too;
    const eight best = larger(is_usual ? alone : (eight)((eight_words)alone & takes), zero);
    const eight best_too = larger(is_usual ? alone_too : (eight)((eight_words)alone_too & takes_too), zero);
    const eight gain = (worth + worth_too - pair->price_both) - best - best_too;
    const eight least = is_usual
        ? select(takes & takes_too, pair->floor_both, pair->floor_none)
        : select(
            takes, select(takes_too, pair->floor_both, pair->floor_one),
            select(takes_too, pair->floor_other, pair->floor_none));
    const eight_words takes_both = gain > least;
    const eight apart = (eight)((eight_words)weight & ~takes_both);
    pair->takers += (eight)((eight_words)apart & takes);
    pair->takers_too += (eight)((eight_words)apart & takes_too);
    pair->takers_both += (eight)((eight_words)weight & takes_both);
}

BERTRAND_INLINE void add_all(
    struct pair *pair, int is_usual, const double *restrict first, const double *restrict second,
    const double *restrict weights, size_t count
) {
    const size_t whole = count / LANES * LANES;
    if (weights) {
        for (size_t i = 0; i < whole; i += LANES) {
            add_eight(pair, is_usual, load(first + i), load(second + i), load(weights + i));
        }
    } else {
        for (size_t i = 0; i < whole; i += LANES) {
            add_eight(pair, is_usual, load(first + i), load(second + i), all(1.0));
        }
    }
    if (whole < count) {
        eight worth = {0}, worth_too = {0}, weight = {0};
        for (size_t lane = 0; whole + lane < count; lane++) {
            worth[lane] = first[whole + lane];
            worth_too[lane] = second[whole + lane];
            weight[lane] = weights ? weights[whole + lane] : 1.0;
        }
        add_eight(pair, is_usual, worth, worth_too, weight);
    }
}

// What customers leave in margin where the menu is such a pair: how many take what, times the margins.
BERTRAND_INLINE double margins_of_pair(
    const struct menu *menu, const double *restrict prices, const double *restrict margins,
    const double *restrict values, const double *restrict weights, size_t stride, size_t count
) {
    const double tolerance = menu->tolerance;
    // In the order in which the parts of the bundle stand.
    const size_t swaps = menu->single_alternatives[0] != menu->bundle_alternatives[0];
    const double *first = values + (size_t)menu->bundle_alternatives[0] * stride;
    const double *second = values + (size_t)menu->bundle_alternatives[1] * stride;
    const int32_t offer = menu->single_offers[swaps], offer_too = menu->single_offers[1 - swaps];
    const int32_t bundle = menu->bundle_offers[0];
    const double margin = margins[offer], margin_too = margins[offer_too], margin_both = margins[bundle];
    struct pair pair = {
        .price = all(prices[offer]),
        .price_too = all(prices[offer_too]),
        .price_both = all(prices[bundle]),
        .floor = all(floor_of(margin, tolerance)),
        .floor_too = all(floor_of(margin_too, tolerance)),
        .floor_none = all(floor_of(margin_both, tolerance)),
        .floor_one = all(floor_of(margin_both - margin, tolerance)),
        .floor_other = all(floor_of(margin_both - margin_too, tolerance)),
        .floor_both = all(floor_of(margin_both - margin - margin_too, tolerance)),
    };
    if (margin > 0.0 && margin_too > 0.0 && margin_both > margin && margin_both > margin_too) {
        add_all(&pair, 1, first, second, weights, count);
    } else {
        add_all(&pair, 0, first, second, weights, count);
    }
    return earned_from(joined(pair.takers), margin) + earned_from(joined(pair.takers_too), margin_too)
        + earned_from(joined(pair.takers_both), margin_both);
}

BERTRAND_WIDE_KERNEL
double bertrand_bundle_margins(
    const int32_t *restrict menu, const double *restrict rival_prices, double tolerance, const double *restrict prices,
    const double *restrict margins, const double *restrict values, const double *restrict others,
    const double *restrict weights, size_t stride, size_t count, void *restrict scratch
) {
    const struct menu offers = parts_of(menu, rival_prices, tolerance);
    struct standing *room = scratch;
    struct standing best, trial;
    double sum = 0.0;
    if (is_pair(&offers, others)) {
        return margins_of_pair(&offers, prices, margins, values, weights, stride, count);
    }
    for (size_t start = 0; start < count; start += CROWD) {
        const size_t length = smaller_size(count - start, CROWD);
        lay_out(&offers, prices, margins, values, others, stride, start, length, room);
        // The first packing is to take no bundle at all.
        fill(&best, 0.0, 0.0);
        for (size_t packing = 1; packing < offers.packings; packing++) {
            const int32_t *members = offers.packing_bundles + offers.packing_starts[packing];
            const size_t size = (size_t)(offers.packing_starts[packing + 1] - offers.packing_starts[packing]);
            const struct standing *gain = &room[offers.categories + (size_t)members[0]];
            if (size > 1) {
                fill(&trial, 0.0, 0.0);
                for (size_t member = 0; member < size; member++) {
                    add(&trial, &room[offers.categories + (size_t)members[member]]);
                }
                gain = &trial;
            }
            consider_all(&best, gain, tolerance);
        }
        // One after the other: among many bundles searches end elsewhere for a difference in the last bit.
        for (size_t i = 0; i < length; i++) {
            const double weight = weights ? weights[start + i] : 1.0;
            for (size_t category = 0; category < offers.categories; category++) {
                sum += weight * room[category].margin[i];
            }
            sum += weight * best.margin[i];
        }
    }
    return sum;
}

BERTRAND_KERNEL
void bertrand_bundle_thresholds(
    const int32_t *restrict menu, const double *restrict rival_prices, double tolerance, const double *restrict prices,
    const double *restrict margins, const double *restrict values, const double *restrict others,
    size_t stride, size_t count, int32_t single, int32_t bundle, double unit_cost, void *restrict scratch,
    double *restrict thresholds, double *restrict takers, double *restrict refusers
) {
    const struct menu offers = parts_of(menu, rival_prices, tolerance);
    struct standing *room = scratch;
    struct standing with, without, open, trial;
    BERTRAND_SCRATCH double apart[CROWD];
    BERTRAND_SCRATCH double copied[CROWD];
    for (size_t start = 0; start < count; start += CROWD) {
        const size_t length = smaller_size(count - start, CROWD);
        lay_out(&offers, prices, margins, values, others, stride, start, length, room);
        add_margins(&offers, room, apart);
        fill(&with, -__builtin_inf(), 0.0);
        fill(&without, -__builtin_inf(), 0.0);
        if (single >= 0) {
            // What the open offer itself adds to its category, where no bundle covers that.
            const struct standing *rest = &room[offers.single_categories[single]];
            const double *worth = crowd(values + (size_t)offers.single_alternatives[single] * stride, start, length, copied);
            for (size_t i = 0; i < CROWD; i++) {
                open.worth[i] = worth[i] - rest->worth[i];
                open.margin[i] = -unit_cost - rest->margin[i];
            }
        }
        for (size_t packing = 0; packing < offers.packings; packing++) {
            const size_t first = (size_t)offers.packing_starts[packing];
            const size_t last = (size_t)offers.packing_starts[packing + 1];
            int holds = 0;
            int covers = 0;
            fill(&trial, 0.0, 0.0);
            for (size_t member = first; member < last; member++) {
                const int32_t number = offers.packing_bundles[member];
                add(&trial, &room[offers.categories + (size_t)number]);
                holds |= number == bundle;
                for (int32_t part = offers.bundle_starts[number]; single >= 0 && part < offers.bundle_starts[number + 1];
                     part++) {
                    covers |= offers.bundle_categories[part] == offers.single_categories[single];
                }
            }
            consider_all(holds ? &with : &without, &trial, tolerance);
            if (single >= 0 && !covers) {
                struct standing both = open;
                for (size_t member = first; member < last; member++) {
                    add(&both, &room[offers.categories + (size_t)offers.packing_bundles[member]]);
                }
                consider_all(&with, &both, tolerance);
            }
        }
        for (size_t i = 0; i < length; i++) {
            thresholds[start + i] = with.worth[i] - without.worth[i];
            takers[start + i] = apart[i] + with.margin[i];
            refusers[start + i] = apart[i] + without.margin[i];
        }
    }
}
