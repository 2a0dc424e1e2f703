// Mixed multinomial logit with its price derivatives: McFadden & Train (2000), Mixed MNL models for discrete response.

#include "elementary.h"
#include "eight.h"

// Adds to a triangle the sums over a block of some weighted rows of shares times some other rows of shares. All that is
// summed stays in registers: the numbers of rows and columns are constants where this is inlined.
BERTRAND_INLINE void add_tile(
    const double *restrict shares, const double *restrict slope, size_t length, size_t row, size_t rows, size_t column,
    size_t columns, size_t alternatives, double *restrict cross
) {
    eight sums[2][4] = {{{0}}};
    for (size_t i = 0; i < length; i += LANES) {
        const eight factor = load(slope + i);
        eight second[4];
        for (size_t c = 0; c < columns; c++) {
            second[c] = load(shares + (column + c) * BERTRAND_BLOCK + i);
        }
        for (size_t r = 0; r < rows; r++) {
            const eight first = factor * load(shares + (row + r) * BERTRAND_BLOCK + i);
            for (size_t c = 0; c < columns; c++) {
                sums[r][c] += first * second[c];
            }
        }
    }
    double *place = cross + row * alternatives + column;
    if (rows == 2 && columns == 4) {
        eight all[8];
        for (size_t k = 0; k < 8; k++) {
            all[k] = sums[k / 4][k % 4];
        }
        if (column == row) {
            // Below the diagonal.
            all[4] = (eight){0};
        }
        add_halves(all_joined(all), place, place + alternatives);
        return;
    }
    for (size_t r = 0; r < rows; r++) {
        for (size_t c = 0; c < columns; c++) {
            if (column + c >= row + r) {
                place[r * alternatives + c] += joined(sums[r][c]);
            }
        }
    }
}

BERTRAND_INLINE void add_rows(
    const double *restrict shares, const double *restrict slope, size_t length, size_t row, size_t rows,
    size_t alternatives, double *restrict cross
) {
    size_t column = row;
    for (; column + 4 <= alternatives; column += 4) {
        add_tile(shares, slope, length, row, rows, column, 4, alternatives, cross);
    }
    if (alternatives - column >= 2) {
        add_tile(shares, slope, length, row, rows, column, 2, alternatives, cross);
        column += 2;
    }
    if (column < alternatives) {
        add_tile(shares, slope, length, row, rows, column, 1, alternatives, cross);
    }
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
            eight sums[8] = {{0}};
            for (size_t i = 0; i < padded; i += LANES) {
                const eight scale = load(total + i), each = load(weight + i), by_slope = load(slope + i);
                for (size_t k = 0; k < 4; k++) {
                    double *share = shares + (a + k) * BERTRAND_BLOCK + i;
                    const eight part = load(share) * scale;
                    store(share, part);
                    sums[k] += each * part;
                    sums[4 + k] += by_slope * part;
                }
            }
            add_halves(all_joined(sums), units + a, own + a);
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
        if (!cross) {
            continue;
        }
        size_t row = 0;
        for (; row + 2 <= alternatives; row += 2) {
            add_rows(shares, slope, padded, row, 2, alternatives, cross);
        }
        if (row < alternatives) {
            add_rows(shares, slope, padded, row, 1, alternatives, cross);
        }
    }
}
