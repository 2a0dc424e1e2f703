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

// Prices from the highest threshold down to 0 in cells: what is earned between two thresholds is a line, so a cell that
// could not hold the best price even if all its customers paid its upper end need not be put in order.
enum { CELLS = 128 };

struct cells {
    // Of each cell: how many customers have their threshold in it, by weight; what is earned from them beside the price
    // when they take, less what they leave when they refuse; the most that they could leave more at its upper end.
    double weight[CELLS + 1], gain[CELLS + 1], reach[CELLS + 1];
    uint8_t may_hold_best[CELLS + 1];
};

// Marks the cells where the best price may lie.
BERTRAND_INLINE void mark(struct cells *cells, double refused, double highest, double width) {
    double total = refused, units = 0.0, size = magnitude(refused), upper[CELLS], least = refused;
    for (size_t cell = 0; cell < CELLS; cell++) {
        upper[cell] = total + fused(units, highest - (double)cell * width, cells->reach[cell]);
        total += cells->gain[cell];
        units += cells->weight[cell];
        size += magnitude(cells->gain[cell]) + cells->weight[cell] * highest;
        const double lower = fused(units, highest - (double)(cell + 1) * width, total);
        least = lower > least ? lower : least;
    }
    // Far more than rounding can come to.
    const double slack = 1e-9 * size;
    for (size_t cell = 0; cell < CELLS; cell++) {
        // Where something is infinite or no number every cell is looked at.
        cells->may_hold_best[cell] = (cells->weight[cell] > 0.0) & !(upper[cell] + slack < least);
    }
    cells->may_hold_best[CELLS] = 0;
}

BERTRAND_KERNEL
double bertrand_best_threshold(
    const double *restrict thresholds, const double *restrict takers, const double *restrict refusers,
    const double *restrict weights, size_t count, double otherwise, double *restrict numbers,
    uint32_t *restrict scratch, double *restrict earned
) {
    double sums[LANES] = {0.0}, tops[LANES];
    for (size_t lane = 0; lane < LANES; lane++) {
        tops[lane] = -1.0;
    }
    for (size_t i = 0; i < count; i += LANES) {
        const size_t length = smaller_size(count - i, LANES);
        for (size_t lane = 0; lane < length; lane++) {
            sums[lane] = fused(weights[i + lane], refusers[i + lane], sums[lane]);
            tops[lane] = thresholds[i + lane] > tops[lane] ? thresholds[i + lane] : tops[lane];
        }
    }
    double refused = 0.0, highest = -1.0;
    for (size_t lane = 0; lane < LANES; lane++) {
        refused += sums[lane];
        highest = tops[lane] > highest ? tops[lane] : highest;
    }
    *earned = refused;
    if (!(highest >= 0.0)) {
        return otherwise;
    }
    struct cells cells;
    memset(&cells, 0, sizeof cells);
    const double scale = highest > 0.0 ? CELLS / highest : 0.0;
    const double width = highest / CELLS;
    uint32_t *restrict cell_of = scratch, *restrict order = scratch + count, *restrict spare = scratch + 2 * count;
    double *restrict gains = numbers, *restrict reaches = numbers + count;
    BERTRAND_VECTORISE
    for (size_t i = 0; i < count; i++) {
        const double weight = weights[i];
        const double place = (highest - thresholds[i]) * scale;
        const double upper = place < CELLS - 1 ? place : CELLS - 1;
        // Below 0, and where there is no number, nothing is sold.
        const int32_t cell = thresholds[i] >= 0.0 ? (int32_t)(upper > 0.0 ? upper : 0.0) : CELLS;
        cell_of[i] = (uint32_t)cell;
        gains[i] = weight * (takers[i] - refusers[i]);
        const double reach = fused(weight, highest - (double)cell * width, gains[i]);
        reaches[i] = reach > 0.0 ? reach : 0.0;
    }
    for (size_t i = 0; i < count; i++) {
        const uint32_t cell = cell_of[i];
        cells.weight[cell] += weights[i];
        cells.gain[cell] += gains[i];
        cells.reach[cell] += reaches[i];
    }
    mark(&cells, refused, highest, width);
    // Those whose thresholds are put in order: their places, and then their thresholds side by side.
    uint32_t *restrict chosen = spare;
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        chosen[found] = (uint32_t)i;
        found += cells.may_hold_best[cell_of[i]];
    }
    double *restrict falling = reaches;
    for (size_t k = 0; k < found; k++) {
        falling[k] = thresholds[chosen[k]];
    }
    bertrand_falling_order(falling, found, order, spare + count);

    double best = otherwise, total = refused, units = 0.0;
    size_t next = 0;
    for (uint32_t cell = 0; cell < CELLS; cell++) {
        if (!cells.may_hold_best[cell]) {
            total += cells.gain[cell];
            units += cells.weight[cell];
            continue;
        }
        for (; next < found && cell_of[chosen[order[next]]] == cell; next++) {
            const uint32_t place = chosen[order[next]];
            total += gains[place];
            units += weights[place];
            // All who share a threshold take at it.
            const int is_last = next + 1 == found || falling[order[next + 1]] < falling[order[next]];
            const double all = fused(units, falling[order[next]], total);
            if (is_last && all > *earned) {
                best = falling[order[next]];
                *earned = all;
            }
        }
    }
    return best;
}
