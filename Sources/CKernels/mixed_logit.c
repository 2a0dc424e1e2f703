// Mixed multinomial logit with its price derivatives: McFadden & Train (2000), Mixed MNL models for discrete response.

#include "elementary.h"
#include "eight.h"

// The sum over a block of a weighted row of shares times another row of shares.
BERTRAND_INLINE double weighted_product(
    const double *restrict slope, const double *restrict first, const double *restrict second, size_t length
) {
    eight sum = {0};
    for (size_t i = 0; i < length; i += LANES) {
        sum += load(slope + i) * load(first + i) * load(second + i);
    }
    return joined(sum);
}

// The same of two rows by four columns, added to the upper triangle of a matrix. Each sum has a name, so that all eight
// stay in registers.
BERTRAND_INLINE void add_tile(
    const double *restrict shares, const double *restrict slope, size_t length, size_t row, size_t column,
    size_t alternatives, double *restrict cross
) {
    const double *first = shares + row * BERTRAND_BLOCK, *second = shares + column * BERTRAND_BLOCK;
    eight a0 = {0}, a1 = {0}, a2 = {0}, a3 = {0}, b0 = {0}, b1 = {0}, b2 = {0}, b3 = {0};
    for (size_t i = 0; i < length; i += LANES) {
        const eight factor = load(slope + i);
        const eight a = factor * load(first + i), b = factor * load(first + BERTRAND_BLOCK + i);
        const eight c0 = load(second + i), c1 = load(second + BERTRAND_BLOCK + i);
        const eight c2 = load(second + 2 * BERTRAND_BLOCK + i), c3 = load(second + 3 * BERTRAND_BLOCK + i);
        a0 += a * c0;
        b0 += b * c0;
        a1 += a * c1;
        b1 += b * c1;
        a2 += a * c2;
        b2 += b * c2;
        a3 += a * c3;
        b3 += b * c3;
    }
    static const eight_words whole = {-1, -1, -1, -1, -1, -1, -1, -1};
    static const eight_words upper = {-1, -1, -1, -1, 0, -1, -1, -1}, rest = {0, 0, -1, -1, 0, 0, 0, -1};
    const eight_words kept = row == column ? upper : row == column + 2 ? rest : whole;
    const eight sums = (eight)((eight_words)all_joined(a0, a1, a2, a3, b0, b1, b2, b3) & kept);
    double *place = cross + row * alternatives + column;
    add_halves(sums, place, place + alternatives);
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
    eight a0 = {0}, a1 = {0}, a2 = {0}, a3 = {0}, b0 = {0}, b1 = {0}, b2 = {0}, b3 = {0};
    for (size_t i = 0; i < length; i += LANES) {
        const eight by = load(scale + i), a = load(weight + i), b = load(slope + i);
        const eight c0 = load(shares + i) * by, c1 = load(shares + BERTRAND_BLOCK + i) * by;
        const eight c2 = load(shares + 2 * BERTRAND_BLOCK + i) * by, c3 = load(shares + 3 * BERTRAND_BLOCK + i) * by;
        store(shares + i, c0);
        store(shares + BERTRAND_BLOCK + i, c1);
        store(shares + 2 * BERTRAND_BLOCK + i, c2);
        store(shares + 3 * BERTRAND_BLOCK + i, c3);
        a0 += a * c0;
        b0 += b * c0;
        a1 += a * c1;
        b1 += b * c1;
        a2 += a * c2;
        b2 += b * c2;
        a3 += a * c3;
        b3 += b * c3;
    }
    add_halves(all_joined(a0, a1, a2, a3, b0, b1, b2, b3), units, own);
}

BERTRAND_WIDE_KERNEL
void bertrand_mixed_logit(
    const double *restrict utilities, size_t stride, const double *restrict sensitivities,
    const double *restrict weights, const double *restrict prices, size_t alternatives, size_t count, int has_outside,
    double *restrict shares, double *restrict units, double *restrict own, double *restrict cross,
    double *restrict surplus
) {
    for (size_t start = 0; start < count; start += BERTRAND_BLOCK) {
        const size_t length = smaller_size(count - start, BERTRAND_BLOCK);
        const size_t padded = (length + LANES - 1) / LANES * LANES;
        BERTRAND_SCRATCH double slope[BERTRAND_BLOCK];
        BERTRAND_SCRATCH double largest[BERTRAND_BLOCK];
        BERTRAND_SCRATCH double total[BERTRAND_BLOCK];
        BERTRAND_SCRATCH double copied[2 * BERTRAND_BLOCK];
        const double *alpha = sensitivities + start;
        const double *weight = weights + start;
        const double *offered = utilities + start;
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
            store(slope + i, load(weight + i) * sensitivity);
            eight most = has_outside ? (eight){0} : (eight){0} - __builtin_inf();
            for (size_t a = 0; a < alternatives; a++) {
                double *share = shares + a * BERTRAND_BLOCK + i;
                const eight utility = load(a < copies_from ? offered + a * stride + i : share) - sensitivity * prices[a];
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
            store(largest + i, most);
            store(total + i, sum);
        }
        BERTRAND_SCRATCH double log_sum[BERTRAND_BLOCK];
        BERTRAND_VECTORISE
        for (size_t i = 0; i < padded; i++) {
            // Nobody gains where nothing can be chosen; nor do those who weigh nothing.
            log_sum[i] = total[i] == 0.0 || weight[i] == 0.0 ? 0.0 : (largest[i] + logarithm(total[i])) / alpha[i];
            total[i] = total[i] == 0.0 ? 0.0 : 1.0 / total[i];
        }
        eight gain = {0};
        for (size_t i = 0; i < padded; i += LANES) {
            gain += load(weight + i) * load(log_sum + i);
        }
        *surplus += joined(gain);
        size_t a = 0;
        for (; own && a + 4 <= alternatives; a += 4) {
            add_shares_of_four(shares + a * BERTRAND_BLOCK, total, weight, slope, padded, units + a, own + a);
        }
        for (; a < alternatives; a++) {
            double *share = shares + a * BERTRAND_BLOCK;
            eight taken = {0}, moved = {0};
            for (size_t i = 0; i < padded; i += LANES) {
                const eight part = load(share + i) * load(total + i);
                store(share + i, part);
                taken += load(weight + i) * part;
                moved += load(slope + i) * part;
            }
            units[a] += joined(taken);
            if (own) {
                own[a] += joined(moved);
            }
        }
        if (cross) {
            add_cross(shares, slope, padded, alternatives, cross);
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
