// Inverse distribution functions that are one or two logarithms. Both ends of (0, 1) keep their relative precision.

#include "elementary.h"

BERTRAND_KERNEL
void bertrand_standard_gumbel_quantiles(const double *probabilities, size_t count, double *quantiles) {
    // Short loops over a block that stays in cache: one loop with both logarithms is a chain so long that the processor
    // cannot see enough of the next elements to overlap them.
    for (size_t start = 0; start < count; start += BERTRAND_BLOCK) {
        const size_t end = start + smaller_size(count - start, BERTRAND_BLOCK);
        // Draws lie inside (0, 1): both logarithms are then of plain numbers. Anything else is rare and takes its time.
        int64_t strays = 0;
        BERTRAND_VECTORISE
        for (size_t i = start; i < end; i++) {
            strays += !((probabilities[i] >= 0x1p-1022) & (probabilities[i] < 1.0));
        }
        if (strays) {
            BERTRAND_VECTORISE_IN_PLACE
            for (size_t i = start; i < end; i++) {
                quantiles[i] = -logarithm(probabilities[i]);
            }
            BERTRAND_VECTORISE
            for (size_t i = start; i < end; i++) {
                quantiles[i] = -logarithm(quantiles[i]);
            }
            continue;
        }
        BERTRAND_VECTORISE_IN_PLACE
        for (size_t i = start; i < end; i++) {
            // Near 1 this logarithm works on u - 1, which is exact, so its relative error stays at an ulp.
            quantiles[i] = -logarithm_of_plain(probabilities[i]);
        }
        BERTRAND_VECTORISE
        for (size_t i = start; i < end; i++) {
            quantiles[i] = -logarithm_of_plain(quantiles[i]);
        }
    }
}

BERTRAND_KERNEL
void bertrand_standard_exponential_quantiles(const double *probabilities, size_t count, double *quantiles) {
    BERTRAND_VECTORISE_IN_PLACE
    for (size_t i = 0; i < count; i++) {
        const double probability = probabilities[i];
        const double complement = 1.0 - probability;
        double fraction, exponent;
        split(complement, &fraction, &exponent);
        // -log1p(-u). While 1 - u stays above sqrt(1/2) its rounding is what log would suffer from: take -u itself.
        // Below that 1 - u is exact, or wrong by half an ulp of a number whose logarithm is not small.
        const double exact_fraction = complement >= 0x1.6a09e667f3bcdp-1 ? -probability : fraction;
        quantiles[i] = 0.0 - logarithm_edges(complement, logarithm_of_parts(exact_fraction, exponent));
    }
}
