// The prices of a mixed bundle of two goods that earn most from given customers: each price in turn at the best of the
// customers' thresholds, from several starts, until none improves. What `BundleOptimum` does, with the sort of the C library.

#include "rounds.h"

static size_t customers;
static double *one, *two;
double most;  // not static, or the compiler sees that nobody reads it
static const double unit_costs[3] = {20, 15, 35};

struct threshold {
    double price, with, without;
};

static struct threshold *thresholds;

static int higher_first(const void *a, const void *b) {
    const double left = ((const struct threshold *)a)->price, right = ((const struct threshold *)b)->price;
    return (left < right) - (left > right);
}

static double contribution(const double *p) {
    double total = 0;
    for (size_t i = 0; i < customers; i++) {
        const double u = one[i] - p[0], v = two[i] - p[1], together = one[i] + two[i] - p[2];
        const double alone = fmax(u, 0) + fmax(v, 0), bundle = p[2] - unit_costs[2];
        const double earned = (u >= 0 ? p[0] - unit_costs[0] : 0) + (v >= 0 ? p[1] - unit_costs[1] : 0);
        total += together > alone || (together == alone && bundle > earned) ? bundle : earned;
    }
    return total / (double)customers;
}

// The best of one price while the other two are held.
static double best_price(int offer, const double *p) {
    double refused = 0;
    for (size_t i = 0; i < customers; i++) {
        const double u = offer == 0 ? two[i] : one[i], price = offer == 0 ? p[1] : p[0], cost = unit_costs[offer == 0];
        double with_worth, with_margin, without_worth, without_margin;
        if (offer == 2) {
            const double w = two[i] - p[1];
            with_worth = one[i] + two[i];
            with_margin = -unit_costs[2];
            without_worth = fmax(one[i] - p[0], 0) + fmax(w, 0);
            without_margin = (one[i] >= p[0] ? p[0] - unit_costs[0] : 0) + (w >= 0 ? p[1] - unit_costs[1] : 0);
        } else {
            // The other good alone, or nothing; beside this good, or else perhaps the bundle.
            const double rest = fmax(u - price, 0), margin = u >= price ? price - cost : 0;
            const double together = one[i] + two[i] - p[2];
            with_worth = (offer == 0 ? one[i] : two[i]) + rest;
            with_margin = margin - unit_costs[offer];
            without_worth = fmax(rest, together);
            without_margin = together >= rest ? p[2] - unit_costs[2] : margin;
        }
        thresholds[i] = (struct threshold){with_worth - without_worth, with_margin, without_margin};
        refused += without_margin;
    }
    qsort(thresholds, customers, sizeof *thresholds, higher_first);
    double best = refused, price = fmax(p[offer], thresholds[0].price + 1), total = refused;
    for (size_t i = 0; i < customers && thresholds[i].price >= 0; i++) {
        total += thresholds[i].with - thresholds[i].without;
        const double earned = total + (double)(i + 1) * thresholds[i].price;
        const int is_last = i + 1 == customers || thresholds[i + 1].price < thresholds[i].price;
        if (is_last && earned > best) {
            best = earned;
            price = thresholds[i].price;
        }
    }
    return price;
}

static double climb(double *p) {
    double earned = contribution(p);
    for (int turn = 0; turn < 50; turn++) {
        const double before = earned;
        for (int offer = 0; offer < 3; offer++) {
            double trial[3] = {p[0], p[1], p[2]};
            trial[offer] = best_price(offer, p);
            const double gained = contribution(trial);
            if (gained >= earned) {
                memcpy(p, trial, sizeof trial);
                earned = gained;
            }
        }
        if (earned <= before * (1 + 1e-9)) break;
    }
    return earned;
}

static double work(void) {
    double starts[5][3] = {{20, 15, 35}, {1e3, 1e3, 35}, {20, 15, 1e3}, {1e3, 1e3, 1e3}, {60, 50, 90}};
    const double out[3] = {1e3, 1e3, 1e3};
    for (int offer = 0; offer < 3; offer++) starts[3][offer] = best_price(offer, out);
    most = 0;
    for (int start = 0; start < 5; start++) most = fmax(most, climb(starts[start]));
    return (double)customers;
}

int main(int count, char **words) {
    customers = size_argument(count, words);
    one = numbers(customers);
    two = numbers(customers);
    thresholds = malloc(customers * sizeof *thresholds);
    if (!thresholds) return 1;
    for (size_t i = 0; i < customers; i++) {
        one[i] = 60 + 20 * common_bell(200, i);
        two[i] = 50 + 25 * common_bell(201, i);
    }
    work();
    print_results(&most, 1);
    serve_rounds(work);
}
