// The normal distribution and its inverse.

#include "elementary.h"

// Four terms of a polynomial, in two halves so that the processor can work on them side by side.
BERTRAND_INLINE double four_terms(const double *coefficients, double x, double square) {
    return fused(
        square, fused(x, coefficients[3], coefficients[2]), fused(x, coefficients[1], coefficients[0]));
}

BERTRAND_INLINE double eight_terms(const double *coefficients, double x, double square, double fourth) {
    return fused(fourth, four_terms(coefficients + 4, x, square), four_terms(coefficients, x, square));
}

// A ratio of two polynomials of degree 7.
BERTRAND_INLINE double rational(const double *numerator, const double *denominator, double x) {
    const double square = x * x;
    const double fourth = square * square;
    return eight_terms(numerator, x, square, fourth) / eight_terms(denominator, x, square, fourth);
}

// Coefficients of PPND16: Wichura (1988), Algorithm AS 241: the percentage points of the normal distribution,
// Applied Statistics 37(3), 477-484. Relative error of the approximation about 1e-16.
static const double central_numerator[8] = {
    3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
    4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3,
};
static const double central_denominator[8] = {
    1.0, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
    2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3,
};
static const double near_numerator[8] = {
    1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
    1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4,
};
static const double near_denominator[8] = {
    1.0, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
    1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9,
};
static const double far_numerator[8] = {
    6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
    2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
};
static const double far_denominator[8] = {
    1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
    7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15,
};

// sqrt(-log of the smaller side's probability), with the sign that the quantile will have.
BERTRAND_INLINE double signed_root_of(double below, int is_plain) {
    const double above = 1.0 - below;
    const double side = below < above ? below : above;
    const double root = __builtin_elementwise_sqrt(-(is_plain ? logarithm_of_plain(side) : logarithm(side)));
    return below < above ? -root : root;
}

// Tail probabilities in, quantiles out, in place.
BERTRAND_INLINE void replace_tail_by_quantile(double *restrict tail, size_t count) {
    BERTRAND_SCRATCH double signed_root[BERTRAND_BLOCK];
    // Beyond 2e-11, one draw in 25 billion, lie the far tail, the ends of (0, 1) and what is no probability at all.
    int64_t far = 0;
    BERTRAND_VECTORISE
    for (size_t i = 0; i < count; i++) {
        signed_root[i] = signed_root_of(tail[i], 1);
        far += !((tail[i] > 2e-11) & (tail[i] < 1.0 - 2e-11));
    }
    if (far) {
        for (size_t i = 0; i < count; i++) {
            signed_root[i] = signed_root_of(tail[i], 0);
        }
    }
    BERTRAND_VECTORISE
    for (size_t i = 0; i < count; i++) {
        const double near = rational(near_numerator, near_denominator, magnitude(signed_root[i]) - 1.6);
        tail[i] = __builtin_copysign(near, signed_root[i]);
    }
    // The far tail starts below 1.4e-11: no vector is spent on it.
    if (far) {
        for (size_t i = 0; i < count; i++) {
            const double root = magnitude(signed_root[i]);
            if (root > 5.0) {
                const double finite = rational(far_numerator, far_denominator, root - 5.0);
                tail[i] = __builtin_copysign(root < __builtin_inf() ? finite : root, signed_root[i]);
            }
        }
    }
}

// Which of four numbers are meant, by the four bits that say so.
static const uint8_t places_of_bits[16][4] = {
    {0}, {0}, {1}, {0, 1}, {2}, {0, 2}, {1, 2}, {0, 1, 2}, {3}, {0, 3}, {1, 3}, {0, 1, 3}, {2, 3}, {0, 2, 3}, {1, 2, 3}, {0, 1, 2, 3},
};

// Places of the numbers in a block that lie in a tail, and how many there are: four at a time without a branch, which a
// random draw would mispredict. What is written beyond the count is not meant.
BERTRAND_INLINE size_t places_of_tails(const double *restrict input, size_t length, uint8_t *restrict places) {
    uint8_t is_tail[BERTRAND_BLOCK];
    BERTRAND_VECTORISE
    for (size_t i = 0; i < length; i++) {
        is_tail[i] = magnitude(input[i] - 0.5) > 0.425;
    }
    for (size_t i = length; i % 4 != 0; i++) {
        is_tail[i] = 0;
    }
    size_t found = 0;
    for (size_t i = 0; i < length; i += 4) {
        const uint32_t bits = (uint32_t)is_tail[i] | (uint32_t)is_tail[i + 1] << 1 | (uint32_t)is_tail[i + 2] << 2
            | (uint32_t)is_tail[i + 3] << 3;
        for (size_t k = 0; k < 4; k++) {
            places[found + k] = (uint8_t)(places_of_bits[bits][k] + i);
        }
        found += (bits & 1) + (bits >> 1 & 1) + (bits >> 2 & 1) + (bits >> 3);
    }
    return found;
}

BERTRAND_KERNEL
void bertrand_normal_quantiles(const double *probabilities, size_t count, double *quantiles) {
    for (size_t start = 0; start < count; start += BERTRAND_BLOCK) {
        const size_t length = smaller_size(count - start, BERTRAND_BLOCK);
        const double *input = probabilities + start;
        double *output = quantiles + start;

        // Three draws in twenty lie in a tail and need a logarithm and a root: those are gathered, worked on as
        // vectors of their own, and put back. Gathering first, because input and output may be the same array.
        uint8_t position[BERTRAND_BLOCK + 4];
        const size_t tail_count = places_of_tails(input, length, position);
        BERTRAND_SCRATCH double tail[BERTRAND_BLOCK];
        for (size_t i = 0; i < tail_count; i++) {
            tail[i] = input[position[i]];
        }
        BERTRAND_VECTORISE_IN_PLACE
        for (size_t i = 0; i < length; i++) {
            const double offset = input[i] - 0.5;
            output[i] = offset * rational(central_numerator, central_denominator, fused(-offset, offset, 0.180625));
        }
        replace_tail_by_quantile(tail, tail_count);
        for (size_t i = 0; i < tail_count; i++) {
            output[position[i]] = tail[i];
        }
    }
}

// (t + 5) g(t) as a polynomial in y, see below: our own Chebyshev fit of degree 22 in 50 digits; error 1e-16.
static const double tail_series[23] = {
    0x1.89d3abe1f95aep-1, -0x1.54ad03f27ca20p-1, 0x1.fb31653876f96p-2, -0x1.410ed5f875417p-2,
    0x1.51f6329f01296p-3, -0x1.1b1c254cc63c2p-4, 0x1.54b4d4f500e4fp-6, -0x1.88590e63fb335p-9,
    -0x1.a25038295e09ep-11, 0x1.1daf15444c061p-11, -0x1.f2144997bf389p-15, -0x1.a16e97055d26dp-15,
    0x1.17dcc67125541p-16, 0x1.0af404cf78d6dp-18, -0x1.73b1b9860c4d2p-19, -0x1.637bc690817eap-22,
    0x1.d2083ad1e7fc2p-22, 0x1.33ad7ee6db9c0p-25, -0x1.234efbfd0c9bdp-24, -0x1.58ac3f333dfe5p-28,
    0x1.44972c72dfb7dp-27, 0x1.14edb9955d362p-31, -0x1.c0f0f1a5f909ap-31,
};

BERTRAND_INLINE double normal_probability(double value) {
    // Phi(-t) = exp(-t^2/2) g(t), where g falls like 1/t. With y = (t - 5) / (t + 5) the product (t + 5) g(t) is
    // smooth on all of -1 <= y <= 1 (the idea of Shepherd & Laframboise 1981, Math. Comp. 36, 249-253): one
    // polynomial for every argument.
    const double size = magnitude(value);
    const double distance = size > 40.0 ? 40.0 : size;
    const double reciprocal = 1.0 / (distance + 5.0);
    const double y = fused(-10.0, reciprocal, 1.0);
    const double y2 = y * y;
    const double y4 = y2 * y2;
    const double y8 = y4 * y4;
    const double *c = tail_series;
    const double last = fused(y2, c[22], fused(y, c[21], c[20]));
    const double terms0 = fused(y4, four_terms(c + 4, y, y2), four_terms(c, y, y2));
    const double terms8 = fused(y4, four_terms(c + 12, y, y2), four_terms(c + 8, y, y2));
    const double terms16 = fused(y4, last, four_terms(c + 16, y, y2));
    const double series = fused(y8, fused(y8, terms16, terms8), terms0);

    // In the tail t^2/2 is several hundred: an error of an ulp in it would be an error of 1e-13 in its exponential. What
    // rounding takes from t^2 is carried beside it.
    const double rounded = distance * distance;
    const double remaining = fused(distance, distance, -rounded);
    const double exponent = -0.5 * rounded;
    double shifted;
    const double rest = rest_of(exponent, &shifted);
    const double density = power_of(fused(-0.5, remaining, rest), shifted);
    const double tail = exponent < EXPONENTIAL_LOWER_LIMIT ? 0.0 : density * (series * reciprocal);
    return value > 0.0 ? 1.0 - tail : tail;
}

BERTRAND_KERNEL
void bertrand_normal_probabilities(const double *values, size_t count, double *probabilities) {
    BERTRAND_VECTORISE_IN_PLACE
    for (size_t i = 0; i < count; i++) {
        probabilities[i] = normal_probability(values[i]);
    }
}
