// What a mixed bundle of two goods earns at given prices from customers whose valuations are known: the limit of what
// `BundleEvaluation` does.

#include "rounds.h"

enum { LANES = 8 };

static size_t customers;
static double *one, *two, contribution;

static double work(void) {
    const double p = 66, q = 58, b = 103, costs[2] = {20, 15};
    double sums[4][LANES] = {{0}};
    for (size_t i = 0; i < customers / (4 * LANES) * (4 * LANES); i += 4 * LANES)
        for (int k = 0; k < 4; k++)
            for (int lane = 0; lane < LANES; lane++) {
                const double u = one[i + (size_t)(LANES * k + lane)], v = two[i + (size_t)(LANES * k + lane)];
                // Each good by itself, or both together; who is indifferent takes what earns more.
                const double alone = (u >= p ? u - p : 0) + (v >= q ? v - q : 0), together = u + v - b;
                const double earned = (u >= p ? p - costs[0] : 0) + (v >= q ? q - costs[1] : 0);
                const double bundle = b - costs[0] - costs[1];
                sums[k][lane] += together > alone || (together == alone && bundle > earned) ? bundle : earned;
            }
    double total = 0;
    for (size_t i = customers / (4 * LANES) * (4 * LANES); i < customers; i++) {
        const double alone = fmax(one[i] - p, 0) + fmax(two[i] - q, 0), together = one[i] + two[i] - b;
        const double earned = (one[i] >= p ? p - costs[0] : 0) + (two[i] >= q ? q - costs[1] : 0);
        total += together >= alone ? b - costs[0] - costs[1] : earned;
    }
    for (int k = 0; k < 4; k++)
        for (int lane = 0; lane < LANES; lane++) total += sums[k][lane];
    contribution = total / (double)customers;
    return (double)customers;
}

int main(int count, char **words) {
    customers = size_argument(count, words);
    one = numbers(customers);
    two = numbers(customers);
    for (size_t i = 0; i < customers; i++) {
        one[i] = 60 + 20 * common_bell(200, i);
        two[i] = 50 + 25 * common_bell(201, i);
    }
    work();
    print_results(&contribution, 1);
    serve_rounds(work);
}
