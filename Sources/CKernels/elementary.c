#include "elementary.h"

BERTRAND_KERNEL
void bertrand_exponentials(const double *values, size_t count, double *results) {
    BERTRAND_VECTORISE_IN_PLACE
    for (size_t i = 0; i < count; i++) {
        results[i] = exponential(values[i]);
    }
}

BERTRAND_KERNEL
void bertrand_logarithms(const double *values, size_t count, double *results) {
    BERTRAND_VECTORISE_IN_PLACE
    for (size_t i = 0; i < count; i++) {
        results[i] = logarithm(values[i]);
    }
}
