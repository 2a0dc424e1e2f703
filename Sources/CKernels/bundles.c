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

// Adds up what customers leave, in the same order on every processor.
BERTRAND_INLINE void add_earned(
    eight *total, double *restrict earned, const double *restrict weights, size_t start, size_t length,
    double *restrict copied
) {
    for (size_t i = length; i < CROWD; i++) {
        earned[i] = 0.0;
    }
    const double *weight = weights ? crowd(weights, start, length, copied) : 0;
    for (size_t i = 0; i < CROWD; i += LANES) {
        *total = weights ? fused(load(weight + i), load(earned + i), *total) : *total + load(earned + i);
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

// What each customer leaves in margin, where the menu is such a pair: the same as below with nothing laid down between.
BERTRAND_INLINE void earn_from_pair(
    const struct menu *menu, const double *restrict prices, const double *restrict margins,
    const double *restrict values, size_t stride, size_t start, size_t length, double *restrict earned
) {
    const double tolerance = menu->tolerance;
    BERTRAND_SCRATCH double copied[2 * CROWD];
    // In the order in which the parts of the bundle stand.
    const size_t swaps = menu->single_alternatives[0] != menu->bundle_alternatives[0];
    const int32_t *alternatives = menu->bundle_alternatives;
    const double *worth = crowd(values + (size_t)alternatives[0] * stride, start, length, copied);
    const double *worth_too = crowd(values + (size_t)alternatives[1] * stride, start, length, copied + CROWD);
    const int32_t offer = menu->single_offers[swaps], offer_too = menu->single_offers[1 - swaps];
    const int32_t bundle = menu->bundle_offers[0];
    const double price = prices[offer], price_too = prices[offer_too], price_both = prices[bundle];
    const double margin = margins[offer], margin_too = margins[offer_too], margin_both = margins[bundle];
    const double start_both = -menu->rival_prices[0];
    BERTRAND_VECTORISE_IN_PLACE
    for (size_t i = 0; i < CROWD; i++) {
        const double alone = worth[i] - price, alone_too = worth_too[i] - price_too;
        const int takes = (alone > tolerance) | ((alone >= -tolerance) & (margin > 0.0));
        const int takes_too = (alone_too > tolerance) | ((alone_too >= -tolerance) & (margin_too > 0.0));
        const double best = (takes & (alone > 0.0)) ? alone : 0.0;
        const double best_too = (takes_too & (alone_too > 0.0)) ? alone_too : 0.0;
        const double left = takes ? margin : 0.0, left_too = takes_too ? margin_too : 0.0;
        const double gain = start_both + worth[i] + worth_too[i] - price_both - best - best_too;
        const double more = margin_both - left - left_too;
        const int takes_both = (gain > tolerance) | ((gain >= -tolerance) & (more > 0.0));
        earned[i] = left + left_too + (takes_both ? more : 0.0);
    }
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
    BERTRAND_SCRATCH double earned[CROWD];
    BERTRAND_SCRATCH double copied[CROWD];
    const int pair = is_pair(&offers, others);
    eight total = {0};
    double sum = 0.0;
    for (size_t start = 0; start < count; start += CROWD) {
        const size_t length = smaller_size(count - start, CROWD);
        if (pair) {
            earn_from_pair(&offers, prices, margins, values, stride, start, length, earned);
            add_earned(&total, earned, weights, start, length, copied);
            continue;
        }
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
    return pair ? joined(total) : sum;
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
