#include "kernel.h"

BERTRAND_KERNEL
void bertrand_scale_and_shift(double *values, size_t count, double scale, double shift) {
    BERTRAND_VECTORISE
    for (size_t i = 0; i < count; i++) {
        values[i] = fused(values[i], scale, shift);
    }
}

BERTRAND_KERNEL
void bertrand_sum_of_two(
    const double *restrict first, const double *restrict second, size_t count, double start, double *restrict sums
) {
    BERTRAND_VECTORISE
    for (size_t i = 0; i < count; i++) {
        sums[i] = start + first[i] + second[i];
    }
}

BERTRAND_KERNEL
void bertrand_add_scaled(const double *restrict addend, size_t count, double scale, double *restrict values) {
    BERTRAND_VECTORISE
    for (size_t i = 0; i < count; i++) {
        values[i] = fused(scale, addend[i], values[i]);
    }
}
