// Mixed multinomial logit with its price derivatives: McFadden & Train (2000), Mixed MNL models for discrete response.

#include "elementary.h"

enum { LANES = 8 };

// Sums of products over one block, for four second factors at a time so that four chains of additions overlap. Element
// i goes to partial sum i mod 8; the eight are joined in a fixed order.
BERTRAND_INLINE double joined(const double partial[LANES]) {
    return ((partial[0] + partial[4]) + (partial[2] + partial[6])) + ((partial[1] + partial[5]) + (partial[3] + partial[7]));
}

BERTRAND_INLINE double dot(const double *restrict first, const double *restrict second, size_t length) {
    double partial[LANES] = {0};
    for (size_t i = 0; i < length; i += LANES) {
        for (size_t lane = 0; lane < LANES; lane++) {
            partial[lane] += first[i + lane] * second[i + lane];
        }
    }
    return joined(partial);
}

BERTRAND_INLINE void add_four_dots(
    const double *restrict first, const double *restrict second, size_t length, double *restrict totals
) {
    double p0[LANES] = {0}, p1[LANES] = {0}, p2[LANES] = {0}, p3[LANES] = {0};
    for (size_t i = 0; i < length; i += LANES) {
        for (size_t lane = 0; lane < LANES; lane++) {
            const double factor = first[i + lane];
            p0[lane] += factor * second[i + lane];
            p1[lane] += factor * second[BERTRAND_BLOCK + i + lane];
            p2[lane] += factor * second[2 * BERTRAND_BLOCK + i + lane];
            p3[lane] += factor * second[3 * BERTRAND_BLOCK + i + lane];
        }
    }
    totals[0] += joined(p0);
    totals[1] += joined(p1);
    totals[2] += joined(p2);
    totals[3] += joined(p3);
}

BERTRAND_KERNEL
void bertrand_mixed_logit(
    const double *restrict utilities, size_t stride, const double *restrict sensitivities,
    const double *restrict weights, const double *restrict prices, size_t alternatives, size_t count, int has_outside,
    double *restrict scratch, double *restrict units, double *restrict own, double *restrict cross,
    double *restrict surplus
) {
    double *restrict shares = scratch;
    double *restrict weighted = scratch + alternatives * BERTRAND_BLOCK;
    for (size_t start = 0; start < count; start += BERTRAND_BLOCK) {
        const size_t length = smaller_size(count - start, BERTRAND_BLOCK);
        const size_t padded = (length + LANES - 1) / LANES * LANES;
        BERTRAND_SCRATCH double alpha[BERTRAND_BLOCK];
        BERTRAND_SCRATCH double weight[BERTRAND_BLOCK];
        BERTRAND_SCRATCH double slope[BERTRAND_BLOCK];
        BERTRAND_SCRATCH double largest[BERTRAND_BLOCK];
        BERTRAND_SCRATCH double total[BERTRAND_BLOCK];
        // Vectors are full: places beyond the last customer hold somebody who weighs nothing.
        for (size_t i = length; i < padded; i++) {
            alpha[i] = 1.0;
            weight[i] = 0.0;
        }
        memcpy(alpha, sensitivities + start, length * sizeof *alpha);
        memcpy(weight, weights + start, length * sizeof *weight);
        BERTRAND_VECTORISE
        for (size_t i = 0; i < padded; i++) {
            largest[i] = has_outside ? 0.0 : -__builtin_inf();
            slope[i] = weight[i] * alpha[i];
        }
        for (size_t alternative = 0; alternative < alternatives; alternative++) {
            const double *offered = utilities + alternative * stride + start;
            const double price = prices[alternative];
            double *share = shares + alternative * BERTRAND_BLOCK;
            for (size_t i = length; i < padded; i++) {
                share[i] = 0.0;
            }
            BERTRAND_VECTORISE
            for (size_t i = 0; i < length; i++) {
                const double utility = offered[i] - alpha[i] * price;
                share[i] = utility;
                largest[i] = utility > largest[i] ? utility : largest[i];
            }
        }
        for (size_t i = length; i < padded; i++) {
            largest[i] = 0.0;
        }
        BERTRAND_VECTORISE
        for (size_t i = 0; i < padded; i++) {
            total[i] = has_outside ? exponential_of_shortfall(-largest[i]) : 0.0;
        }
        for (size_t alternative = 0; alternative < alternatives; alternative++) {
            double *share = shares + alternative * BERTRAND_BLOCK;
            BERTRAND_VECTORISE
            for (size_t i = 0; i < padded; i++) {
                share[i] = exponential_of_shortfall(share[i] - largest[i]);
                total[i] += share[i];
            }
        }
        double gain[LANES] = {0};
        BERTRAND_SCRATCH double log_sum[BERTRAND_BLOCK];
        BERTRAND_VECTORISE
        for (size_t i = 0; i < padded; i++) {
            // Nobody gains where nothing can be chosen; nor do those who weigh nothing.
            log_sum[i] = total[i] == 0.0 || weight[i] == 0.0 ? 0.0 : (largest[i] + logarithm(total[i])) / alpha[i];
            total[i] = total[i] == 0.0 ? 0.0 : 1.0 / total[i];
        }
        for (size_t i = 0; i < padded; i += LANES) {
            for (size_t lane = 0; lane < LANES; lane++) {
                gain[lane] += weight[i + lane] * log_sum[i + lane];
            }
        }
        *surplus += joined(gain);
        for (size_t alternative = 0; alternative < alternatives; alternative++) {
            double *share = shares + alternative * BERTRAND_BLOCK;
            double *product = weighted + alternative * BERTRAND_BLOCK;
            BERTRAND_VECTORISE
            for (size_t i = 0; i < padded; i++) {
                share[i] *= total[i];
                product[i] = slope[i] * share[i];
            }
            units[alternative] += dot(weight, share, padded);
            if (own) {
                own[alternative] += dot(slope, share, padded);
            }
        }
        if (!cross) {
            continue;
        }
        for (size_t row = 0; row < alternatives; row++) {
            const double *first = weighted + row * BERTRAND_BLOCK;
            size_t column = row;
            for (; column + 4 <= alternatives; column += 4) {
                add_four_dots(first, shares + column * BERTRAND_BLOCK, padded, cross + row * alternatives + column);
            }
            for (; column < alternatives; column++) {
                cross[row * alternatives + column] += dot(first, shares + column * BERTRAND_BLOCK, padded);
            }
        }
    }
}
