// Sorting by places: numbers stay, their places are put in order.

#include "kernel.h"

// Shorter stretches are sorted by insertion.
enum { SHORT = 32, LANES = 8 };

BERTRAND_INLINE void insert(const double *restrict values, uint32_t *restrict order, size_t length) {
    for (size_t i = 1; i < length; i++) {
        const uint32_t place = order[i];
        size_t target = i;
        for (; target > 0 && values[order[target - 1]] < values[place]; target--) {
            order[target] = order[target - 1];
        }
        order[target] = place;
    }
}

// Merges stretches of twice the length again and again.
static void merge(const double *restrict values, uint32_t *restrict order, size_t length, uint32_t *restrict spare) {
    for (size_t start = 0; start < length; start += SHORT) {
        insert(values, order + start, smaller_size(SHORT, length - start));
    }
    for (size_t width = SHORT; width < length; width *= 2) {
        memcpy(spare, order, length * sizeof *spare);
        for (size_t start = 0; start < length; start += 2 * width) {
            const size_t middle = start + smaller_size(width, length - start);
            const size_t end = start + smaller_size(2 * width, length - start);
            size_t left = start;
            size_t right = middle;
            for (size_t target = start; target < end; target++) {
                // Of equal numbers the left one, whose place is lower.
                const int takes_right =
                    left == middle || (right < end && values[spare[left]] < values[spare[right]]);
                order[target] = takes_right ? spare[right++] : spare[left++];
            }
        }
    }
}

// The lowest and the highest finite number.
BERTRAND_INLINE void range(const double *restrict values, size_t count, double *lowest, double *highest) {
    double low[LANES], high[LANES];
    for (size_t lane = 0; lane < LANES; lane++) {
        low[lane] = __builtin_inf();
        high[lane] = -__builtin_inf();
    }
    for (size_t i = 0; i < count; i += LANES) {
        const size_t start = i + LANES <= count ? i : count - smaller_size(count, LANES);
        const size_t length = smaller_size(count, LANES);
        for (size_t lane = 0; lane < length; lane++) {
            const double value = values[start + lane];
            const double finite = magnitude(value) < __builtin_inf() ? value : low[lane];
            low[lane] = finite < low[lane] ? finite : low[lane];
            const double last = magnitude(value) < __builtin_inf() ? value : high[lane];
            high[lane] = last > high[lane] ? last : high[lane];
        }
    }
    *lowest = low[0];
    *highest = high[0];
    for (size_t lane = 1; lane < LANES; lane++) {
        *lowest = low[lane] < *lowest ? low[lane] : *lowest;
        *highest = high[lane] > *highest ? high[lane] : *highest;
    }
}

// As many equal cells between the lowest and the highest number as there are numbers: where they are spread out, one or
// two share a cell, and the order is found in a time that grows with their count alone.
BERTRAND_KERNEL
void bertrand_falling_order(
    const double *restrict values, size_t count, uint32_t *restrict order, uint32_t *restrict scratch
) {
    if (count == 0) {
        return;
    }
    double lowest, highest;
    range(values, count, &lowest, &highest);
    const double last = (double)(count - 1);
    const double width = highest - lowest;
    const double scale = width > 0.0 ? last / width : 0.0;
    uint32_t *restrict starts = scratch;
    uint32_t *restrict cells = scratch + count + 1;
    memset(starts, 0, (count + 1) * sizeof *starts);
    BERTRAND_VECTORISE
    for (size_t i = 0; i < count; i++) {
        const double cell = (highest - values[i]) * scale;
        const double upper = cell < last ? cell : last;
        cells[i] = (uint32_t)(int32_t)(upper > 0.0 ? upper : 0.0);
    }
    for (size_t i = 0; i < count; i++) {
        starts[cells[i] + 1]++;
    }
    for (size_t cell = 0; cell < count; cell++) {
        starts[cell + 1] += starts[cell];
    }
    for (size_t i = 0; i < count; i++) {
        order[starts[cells[i]]++] = (uint32_t)i;
    }
    // Each start has moved to the end of its cell.
    uint32_t first = 0;
    for (size_t cell = 0; cell < count; cell++) {
        const uint32_t end = starts[cell];
        if (end - first > SHORT) {
            merge(values, order + first, end - first, cells);
        }
        first = end;
    }
    insert(values, order, count);
}
