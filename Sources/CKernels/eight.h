// Eight numbers at a time, for loops whose sums the compiler does not turn into vectors by itself: one vector of AVX-512,
// two of AVX2, four of plain x86-64. Element i of a long sum goes to partial sum i mod 8 everywhere.

#ifndef BERTRAND_EIGHT_H
#define BERTRAND_EIGHT_H

#include "elementary.h"

// Everything here is inlined: no such vector is ever handed to a function.
#pragma clang diagnostic ignored "-Wpsabi"

enum { LANES = 8 };

typedef double eight __attribute__((vector_size(64)));
typedef int64_t eight_words __attribute__((vector_size(64)));
typedef double four __attribute__((vector_size(32)));
typedef double two __attribute__((vector_size(16)));

BERTRAND_INLINE eight load(const double *place) {
    eight result;
    memcpy(&result, place, sizeof result);
    return result;
}

BERTRAND_INLINE eight all(double value) {
    return (eight){value, value, value, value, value, value, value, value};
}

BERTRAND_INLINE void store(double *place, eight value) {
    memcpy(place, &value, sizeof value);
}

// The first where it is larger; else, and where it is NaN, the second.
BERTRAND_INLINE eight larger(eight first, eight second) {
    const eight_words leads = first > second;
    return (eight)(((eight_words)first & leads) | ((eight_words)second & ~leads));
}

// The eight partial sums of one sum, joined in a fixed order: halves first, then halves of these.
BERTRAND_INLINE double joined(eight partial) {
    const four sums = __builtin_shufflevector(partial, partial, 0, 1, 2, 3)
        + __builtin_shufflevector(partial, partial, 4, 5, 6, 7);
    const two pair = __builtin_shufflevector(sums, sums, 0, 1) + __builtin_shufflevector(sums, sums, 2, 3);
    return pair[0] + pair[1];
}

// What two sums of eight, four or two parts come to in half as many parts, side by side.
BERTRAND_INLINE eight halves(eight first, eight second) {
    return __builtin_shufflevector(first, second, 0, 1, 2, 3, 8, 9, 10, 11)
        + __builtin_shufflevector(first, second, 4, 5, 6, 7, 12, 13, 14, 15);
}

BERTRAND_INLINE eight quarters(eight first, eight second) {
    return __builtin_shufflevector(first, second, 0, 1, 4, 5, 8, 9, 12, 13)
        + __builtin_shufflevector(first, second, 2, 3, 6, 7, 10, 11, 14, 15);
}

// Eight sums joined in that order, all at once.
BERTRAND_INLINE eight all_joined(eight a0, eight a1, eight a2, eight a3, eight b0, eight b1, eight b2, eight b3) {
    const eight even = quarters(halves(a0, a2), halves(b0, b2)), odd = quarters(halves(a1, a3), halves(b1, b3));
    return __builtin_shufflevector(even, odd, 0, 8, 2, 10, 4, 12, 6, 14)
        + __builtin_shufflevector(even, odd, 1, 9, 3, 11, 5, 13, 7, 15);
}

// Adds four numbers each to two places.
BERTRAND_INLINE void add_halves(eight sums, double *restrict first, double *restrict second) {
    four low, high;
    memcpy(&low, first, sizeof low);
    memcpy(&high, second, sizeof high);
    low += __builtin_shufflevector(sums, sums, 0, 1, 2, 3);
    high += __builtin_shufflevector(sums, sums, 4, 5, 6, 7);
    memcpy(first, &low, sizeof low);
    memcpy(second, &high, sizeof high);
}

BERTRAND_INLINE eight exponentials_of_shortfalls(eight value) {
    eight result;
#pragma clang loop unroll(full)
    for (size_t lane = 0; lane < LANES; lane++) {
        result[lane] = exponential_of_shortfall(value[lane]);
    }
    return result;
}

#endif
