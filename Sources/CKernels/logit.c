// Multinomial logit shares: McFadden (1974), Conditional logit analysis of qualitative choice behavior.

#include "elementary.h"

BERTRAND_KERNEL
void bertrand_logit_shares(
    const double *restrict values, size_t stride, const double *restrict prices, size_t alternatives, size_t count,
    double inverse_scale, int has_outside, double *restrict shares, double *restrict log_sums
) {
    for (size_t start = 0; start < count; start += BERTRAND_BLOCK) {
        const size_t length = smaller_size(count - start, BERTRAND_BLOCK);
        BERTRAND_SCRATCH double largest[BERTRAND_BLOCK];
        BERTRAND_SCRATCH double total[BERTRAND_BLOCK];
        BERTRAND_VECTORISE
        for (size_t i = 0; i < length; i++) {
            largest[i] = has_outside ? 0.0 : -__builtin_inf();
        }
        // A price of infinity makes a utility of -infinity, which is never the largest and weighs 0.
        for (size_t alternative = 0; alternative < alternatives; alternative++) {
            const double *offered = values + alternative * stride + start;
            const double price = prices[alternative];
            BERTRAND_VECTORISE
            for (size_t i = 0; i < length; i++) {
                const double utility = (offered[i] - price) * inverse_scale;
                largest[i] = utility > largest[i] ? utility : largest[i];
            }
        }
        // Every exponential is taken of a utility minus the largest: that one becomes 1, so nothing overflows and the
        // sum is at least 1. Only where nothing can be chosen, the differences are NaN, which weighs 0, and so is it.
        BERTRAND_VECTORISE
        for (size_t i = 0; i < length; i++) {
            total[i] = has_outside ? exponential_of_shortfall(-largest[i]) : 0.0;
        }
        for (size_t alternative = 0; alternative < alternatives; alternative++) {
            const double *offered = values + alternative * stride + start;
            const double price = prices[alternative];
            double *share = shares + alternative * stride + start;
            BERTRAND_VECTORISE
            for (size_t i = 0; i < length; i++) {
                const double utility = (offered[i] - price) * inverse_scale;
                share[i] = exponential_of_shortfall(utility - largest[i]);
                total[i] += share[i];
            }
        }
        BERTRAND_VECTORISE
        for (size_t i = 0; i < length; i++) {
            log_sums[start + i] = largest[i] + logarithm(total[i]);
            total[i] = total[i] == 0.0 ? 0.0 : 1.0 / total[i];
        }
        for (size_t alternative = 0; alternative < alternatives; alternative++) {
            double *share = shares + alternative * stride + start;
            BERTRAND_VECTORISE
            for (size_t i = 0; i < length; i++) {
                share[i] *= total[i];
            }
        }
    }
}
