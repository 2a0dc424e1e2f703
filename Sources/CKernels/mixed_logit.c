// Mixed multinomial logit with its price derivatives: McFadden & Train (2000), Mixed MNL models for discrete response.

#include "elementary.h"
#include "eight.h"

// The sum over a block of a weighted row of shares times another row of shares.
BERTRAND_INLINE double weighted_product(
    const double *restrict slope, const double *restrict first, const double *restrict second, size_t length
) {
    eight sum = {0};
    for (size_t i = 0; i < length; i += LANES) {
        sum = fused(load(slope + i) * load(first + i), load(second + i), sum);
    }
    return joined(sum);
}

// The sums of two rows times four columns. Each has a name, so that all eight stay in registers.
struct products {
    eight a0, a1, a2, a3, b0, b1, b2, b3;
};

BERTRAND_INLINE void add_products(struct products *sums, eight a, eight b, eight c0, eight c1, eight c2, eight c3) {
    sums->a0 = fused(a, c0, sums->a0);
    sums->b0 = fused(b, c0, sums->b0);
    sums->a1 = fused(a, c1, sums->a1);
    sums->b1 = fused(b, c1, sums->b1);
    sums->a2 = fused(a, c2, sums->a2);
    sums->b2 = fused(b, c2, sums->b2);
    sums->a3 = fused(a, c3, sums->a3);
    sums->b3 = fused(b, c3, sums->b3);
}

BERTRAND_INLINE eight joined_products(const struct products *sums) {
    return all_joined(sums->a0, sums->a1, sums->a2, sums->a3, sums->b0, sums->b1, sums->b2, sums->b3);
}

// The weighted products of two rows of shares by four others, added to the upper triangle of a matrix.
BERTRAND_INLINE void add_tile(
    const double *restrict shares, const double *restrict slope, size_t length, size_t row, size_t column,
    size_t alternatives, double *restrict cross
) {
    const double *first = shares + row * BERTRAND_BLOCK, *second = shares + column * BERTRAND_BLOCK;
    struct products sums = {0};
    for (size_t i = 0; i < length; i += LANES) {
        const eight factor = load(slope + i);
        const eight a = factor * load(first + i), b = factor * load(first + BERTRAND_BLOCK + i);
        const eight c0 = load(second + i), c1 = load(second + BERTRAND_BLOCK + i);
        const eight c2 = load(second + 2 * BERTRAND_BLOCK + i), c3 = load(second + 3 * BERTRAND_BLOCK + i);
        add_products(&sums, a, b, c0, c1, c2, c3);
    }
    static const eight_words whole = {-1, -1, -1, -1, -1, -1, -1, -1};
    static const eight_words upper = {-1, -1, -1, -1, 0, -1, -1, -1}, rest = {0, 0, -1, -1, 0, 0, 0, -1};
    const eight_words kept = row == column ? upper : row == column + 2 ? rest : whole;
    double *place = cross + row * alternatives + column;
    add_halves((eight)((eight_words)joined_products(&sums) & kept), place, place + alternatives);
}

// Adds the sums over a block of all rows to the upper triangle of a matrix.
BERTRAND_INLINE void add_cross(
    const double *restrict shares, const double *restrict slope, size_t length, size_t alternatives,
    double *restrict cross
) {
    const size_t whole = alternatives / 4 * 4;
    for (size_t row = 0; row < whole; row += 2) {
        for (size_t column = row / 4 * 4; column < whole; column += 4) {
            add_tile(shares, slope, length, row, column, alternatives, cross);
        }
    }
    for (size_t column = whole; column < alternatives; column++) {
        for (size_t row = 0; row <= column; row++) {
            cross[row * alternatives + column] += weighted_product(
                slope, shares + row * BERTRAND_BLOCK, shares + column * BERTRAND_BLOCK, length);
        }
    }
}

// Turns the exponentials of four alternatives into shares, and adds their sums over a block.
BERTRAND_INLINE void add_shares_of_four(
    double *restrict shares, const double *restrict scale, const double *restrict weight, const double *restrict slope,
    size_t length, double *restrict units, double *restrict own
) {
    struct products sums = {0};
    for (size_t i = 0; i < length; i += LANES) {
        const eight by = load(scale + i), a = load(weight + i), b = load(slope + i);
        const eight c0 = load(shares + i) * by, c1 = load(shares + BERTRAND_BLOCK + i) * by;
        const eight c2 = load(shares + 2 * BERTRAND_BLOCK + i) * by, c3 = load(shares + 3 * BERTRAND_BLOCK + i) * by;
        store(shares + i, c0);
        store(shares + BERTRAND_BLOCK + i, c1);
        store(shares + 2 * BERTRAND_BLOCK + i, c2);
        store(shares + 3 * BERTRAND_BLOCK + i, c3);
        add_products(&sums, a, b, c0, c1, c2, c3);
    }
    add_halves(joined_products(&sums), units, own);
}

// The same of one alternative; of its weighted shares nothing where `own` is null.
BERTRAND_INLINE void add_shares_of_one(
    double *restrict shares, const double *restrict scale, const double *restrict weight, const double *restrict slope,
    size_t length, double *restrict units, double *restrict own
) {
    eight taken = {0}, moved = {0};
    for (size_t i = 0; i < length; i += LANES) {
        const eight part = load(shares + i) * load(scale + i);
        store(shares + i, part);
        taken = fused(load(weight + i), part, taken);
        moved = fused(load(slope + i), part, moved);
    }
    *units += joined(taken);
    if (own) {
        *own += joined(moved);
    }
}

// A block of customers: places beyond the last one, up to a whole vector, hold somebody who weighs nothing.
struct block {
    size_t padded;
    const double *alpha, *weight;
    BERTRAND_SCRATCH double slope[BERTRAND_BLOCK];
    BERTRAND_SCRATCH double largest[BERTRAND_BLOCK];
    BERTRAND_SCRATCH double total[BERTRAND_BLOCK];
    BERTRAND_SCRATCH double copied[2 * BERTRAND_BLOCK];
};

// Lays down the exponentials of a block's utilities, less the largest, and their sums.
BERTRAND_INLINE void lay_exponentials(
    const double *restrict utilities, size_t stride, const double *restrict sensitivities,
    const double *restrict weights, const double *restrict prices, size_t alternatives, size_t start, size_t count,
    int has_outside, struct block *restrict block, double *restrict shares
) {
    const size_t length = smaller_size(count - start, BERTRAND_BLOCK);
    const size_t padded = (length + LANES - 1) / LANES * LANES;
    const double *alpha = sensitivities + start;
    const double *weight = weights + start;
    const double *offered = utilities + start;
    double *copied = block->copied;
    size_t copies_from = alternatives;
    if (length < padded) {
        // Vectors are full: places beyond the last customer hold somebody who weighs nothing.
        for (size_t i = length; i < padded; i++) {
            copied[i] = 1.0;
            copied[BERTRAND_BLOCK + i] = 0.0;
        }
        memcpy(copied, alpha, length * sizeof *alpha);
        memcpy(copied + BERTRAND_BLOCK, weight, length * sizeof *weight);
        alpha = copied;
        weight = copied + BERTRAND_BLOCK;
        // What somebody else would choose may stand there, but no row may be read beyond the last one's end.
        const size_t first = count < LANES || alternatives == 0 ? 0 : alternatives - 1;
        for (size_t a = first; a < alternatives; a++) {
            double *row = shares + a * BERTRAND_BLOCK;
            memcpy(row, offered + a * stride, length * sizeof *row);
            for (size_t i = length; i < padded; i++) {
                row[i] = 0.0;
            }
        }
        copies_from = first;
    }
    for (size_t i = 0; i < padded; i += LANES) {
        const eight sensitivity = load(alpha + i);
        store(block->slope + i, load(weight + i) * sensitivity);
        eight most = has_outside ? (eight){0} : (eight){0} - __builtin_inf();
        for (size_t a = 0; a < alternatives; a++) {
            double *share = shares + a * BERTRAND_BLOCK + i;
            const eight value = load(a < copies_from ? offered + a * stride + i : share);
            const eight utility = fused(-sensitivity, all(prices[a]), value);
            most = larger(utility, most);
            store(share, utility);
        }
        eight sum = has_outside ? exponentials_of_shortfalls(-most) : (eight){0};
        for (size_t a = 0; a < alternatives; a++) {
            double *share = shares + a * BERTRAND_BLOCK + i;
            const eight power = exponentials_of_shortfalls(load(share) - most);
            store(share, power);
            sum += power;
        }
        store(block->largest + i, most);
        store(block->total + i, sum);
    }
    block->padded = padded;
    block->alpha = alpha;
    block->weight = weight;
}

BERTRAND_WIDE_KERNEL
void bertrand_mixed_logit(
    const double *restrict utilities, size_t stride, const double *restrict sensitivities,
    const double *restrict weights, const double *restrict prices, size_t alternatives, size_t count, int has_outside,
    double *restrict shares, double *restrict units, double *restrict own, double *restrict cross,
    double *restrict surplus
) {
    struct block block;
    for (size_t start = 0; start < count; start += BERTRAND_BLOCK) {
        lay_exponentials(
            utilities, stride, sensitivities, weights, prices, alternatives, start, count, has_outside, &block, shares);
        const size_t padded = block.padded;
        const double *alpha = block.alpha, *weight = block.weight, *slope = block.slope, *largest = block.largest;
        double *total = block.total;
        BERTRAND_SCRATCH double log_sum[BERTRAND_BLOCK];
        BERTRAND_VECTORISE_IN_PLACE
        for (size_t i = 0; i < padded; i++) {
            // Nobody gains where nothing can be chosen; nor do those who weigh nothing.
            log_sum[i] = total[i] == 0.0 || weight[i] == 0.0 ? 0.0 : (largest[i] + logarithm(total[i])) / alpha[i];
            total[i] = total[i] == 0.0 ? 0.0 : 1.0 / total[i];
        }
        eight gain = {0};
        for (size_t i = 0; i < padded; i += LANES) {
            gain = fused(load(weight + i), load(log_sum + i), gain);
        }
        *surplus += joined(gain);
        size_t a = 0;
        for (; own && a + 4 <= alternatives; a += 4) {
            add_shares_of_four(shares + a * BERTRAND_BLOCK, total, weight, slope, padded, units + a, own + a);
        }
        for (; a < alternatives; a++) {
            add_shares_of_one(
                shares + a * BERTRAND_BLOCK, total, weight, slope, padded, units + a, own ? own + a : 0);
        }
        if (cross) {
            add_cross(shares, slope, padded, alternatives, cross);
        }
    }
}

BERTRAND_WIDE_KERNEL
void bertrand_logit_conditions(
    const double *restrict utilities, size_t stride, const double *restrict sensitivities,
    const double *restrict weights, const double *restrict prices, const double *restrict markups,
    const int32_t *restrict owners, size_t owner_count, size_t alternatives, size_t count, int has_outside,
    double *restrict scratch, double *restrict units, double *restrict own, double *restrict effects
) {
    double *restrict shares = scratch;
    double *restrict earned = scratch + alternatives * BERTRAND_BLOCK;
    struct block block;
    for (size_t start = 0; start < count; start += BERTRAND_BLOCK) {
        lay_exponentials(
            utilities, stride, sensitivities, weights, prices, alternatives, start, count, has_outside, &block, shares);
        const size_t padded = block.padded;
        const double *slope = block.slope;
        double *total = block.total;
        BERTRAND_VECTORISE_IN_PLACE
        for (size_t i = 0; i < padded; i++) {
            total[i] = total[i] == 0.0 ? 0.0 : 1.0 / total[i];
        }
        size_t a = 0;
        for (; a + 4 <= alternatives; a += 4) {
            add_shares_of_four(shares + a * BERTRAND_BLOCK, total, block.weight, slope, padded, units + a, own + a);
        }
        for (; a < alternatives; a++) {
            add_shares_of_one(shares + a * BERTRAND_BLOCK, total, block.weight, slope, padded, units + a, own + a);
        }
        // What each owner earns from each customer.
        for (size_t owner = 0; owner < owner_count; owner++) {
            memset(earned + owner * BERTRAND_BLOCK, 0, padded * sizeof *earned);
        }
        for (a = 0; a < alternatives; a++) {
            double *sum = earned + (size_t)owners[a] * BERTRAND_BLOCK;
            const double *share = shares + a * BERTRAND_BLOCK;
            for (size_t i = 0; i < padded; i += LANES) {
                store(sum + i, fused(load(share + i), all(markups[a]), load(sum + i)));
            }
        }
        for (a = 0; a + 4 <= alternatives; a += 4) {
            const double *e0 = earned + (size_t)owners[a] * BERTRAND_BLOCK;
            const double *e1 = earned + (size_t)owners[a + 1] * BERTRAND_BLOCK;
            const double *e2 = earned + (size_t)owners[a + 2] * BERTRAND_BLOCK;
            const double *e3 = earned + (size_t)owners[a + 3] * BERTRAND_BLOCK;
            const double *share = shares + a * BERTRAND_BLOCK;
            eight s0 = {0}, s1 = {0}, s2 = {0}, s3 = {0};
            for (size_t i = 0; i < padded; i += LANES) {
                const eight factor = load(slope + i);
                s0 = fused(factor * load(share + i), load(e0 + i), s0);
                s1 = fused(factor * load(share + BERTRAND_BLOCK + i), load(e1 + i), s1);
                s2 = fused(factor * load(share + 2 * BERTRAND_BLOCK + i), load(e2 + i), s2);
                s3 = fused(factor * load(share + 3 * BERTRAND_BLOCK + i), load(e3 + i), s3);
            }
            const eight sums = all_joined(s0, s1, s2, s3, s0, s1, s2, s3);
            for (size_t k = 0; k < 4; k++) {
                effects[a + k] += sums[k];
            }
        }
        for (; a < alternatives; a++) {
            effects[a] += weighted_product(
                slope, shares + a * BERTRAND_BLOCK, earned + (size_t)owners[a] * BERTRAND_BLOCK, padded);
        }
    }
}

void bertrand_mirror(double *matrix, size_t order) {
    for (size_t row = 1; row < order; row++) {
        const double *above = matrix + row;
        for (size_t column = 0; column < row; column++) {
            matrix[row * order + column] = above[column * order];
        }
    }
}
