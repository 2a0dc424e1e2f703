// What a mixed bundle of two goods earns at given prices from customers whose valuations are known: the limit of what
// `BundleEvaluation` does.

#include "rounds.h"

static size_t customers;
static double *one, *two;
double contribution;  // not static, or the compiler sees that nobody reads it

static double work(void) {
    const double p = 66, q = 58, b = 103, costs[2] = {20, 15};
    // Buyers of each good alone, and of both together; who is indifferent takes the bundle, which earns more here.
    uint64_t first = 0, second = 0, both = 0;
    VECTORISE
    for (size_t i = 0; i < customers; i++) {
        const double u = one[i] - p, v = two[i] - q;
        const uint64_t bundled = one[i] + two[i] - b >= (u > 0 ? u : 0) + (v > 0 ? v : 0);
        both += bundled;
        first += (uint64_t)(u >= 0) & ~bundled;
        second += (uint64_t)(v >= 0) & ~bundled;
    }
    contribution = ((double)first * (p - costs[0]) + (double)second * (q - costs[1])
        + (double)both * (b - costs[0] - costs[1])) / (double)customers;
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
