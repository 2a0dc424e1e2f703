// Multinomial logit shares: McFadden (1974), Conditional logit analysis of qualitative choice behavior.

#include "elementary.h"

BERTRAND_KERNEL
void bertrand_logit_shares(
    const double *restrict values, size_t stride, const double *restrict prices, size_t alternatives, size_t count,
    double inverse_scale, int has_outside, double *restrict shares, double *restrict log_sums
) {
    const double infinity = __builtin_inf();
    for (size_t start = 0; start < count; start += BERTRAND_BLOCK) {
        const size_t length = smaller_size(count - start, BERTRAND_BLOCK);
        BERTRAND_SCRATCH double largest[BERTRAND_BLOCK];
        BERTRAND_SCRATCH double total[BERTRAND_BLOCK];
        BERTRAND_VECTORISE
        for (size_t i = 0; i < length; i++) {
            largest[i] = has_outside ? 0.0 : -infinity;
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
        // Every exponential is taken of a utility minus the largest: the largest becomes 1, so nothing overflows and
        // the sum is never 0. Where nothing at all can be chosen, 0 stands in for the largest.
        BERTRAND_VECTORISE
        for (size_t i = 0; i < length; i++) {
            largest[i] = largest[i] == -infinity ? 0.0 : largest[i];
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
