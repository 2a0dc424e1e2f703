// Bertrand-Nash prices in markets of 24 products of five firms with 20 agents each, by the zeta-markup fixed point
// (Morrow & Skerlos 2011) from costs until no price moves by 1e-12: the limit of what `Equilibrium` does.

#include "rounds.h"

enum { PRODUCTS = 24, AGENTS = 20, FIRMS = 5 };

struct market {
    double utilities[AGENTS][PRODUCTS], sensitivities[AGENTS], costs[PRODUCTS], prices[PRODUCTS];
};

static size_t markets;
struct market *all;  // not static, or the compiler sees that nobody reads it

static void solve(struct market *m) {
    memcpy(m->prices, m->costs, sizeof m->costs);
    for (int turn = 0; turn < 1000; turn++) {
        double shares[PRODUCTS] = {0}, own[PRODUCTS] = {0}, condition[PRODUCTS] = {0};
        for (int i = 0; i < AGENTS; i++) {
            const double alpha = m->sensitivities[i];
            double s[PRODUCTS], total = 1, firm[FIRMS] = {0};
            VECTORISE
            for (int j = 0; j < PRODUCTS; j++) s[j] = fast_exp(m->utilities[i][j] - alpha * m->prices[j]);
            for (int j = 0; j < PRODUCTS; j++) total += s[j];
            const double scale = 1 / total;
            for (int j = 0; j < PRODUCTS; j++) s[j] *= scale;
            for (int j = 0; j < PRODUCTS; j++) firm[j % FIRMS] += s[j] * (m->prices[j] - m->costs[j]);
            double spread[PRODUCTS];
            for (int j = 0; j < PRODUCTS; j++) spread[j] = firm[j % FIRMS];
            VECTORISE
            for (int j = 0; j < PRODUCTS; j++) {
                shares[j] += s[j];
                own[j] += alpha * s[j];
                condition[j] += alpha * s[j] * spread[j];
            }
        }
        double largest = 0;
        for (int j = 0; j < PRODUCTS; j++) {
            // zeta = Lambda^-1 (Gamma' markup - shares), with Lambda = -own and Gamma = -cross.
            const double price = m->costs[j] + (condition[j] + shares[j]) / own[j];
            largest = fmax(largest, fabs(price - m->prices[j]));
            m->prices[j] = price;
        }
        if (largest <= 1e-12) break;
    }
}

static double work(void) {
    for (size_t m = 0; m < markets; m++) solve(&all[m]);
    return (double)markets;
}

int main(int count, char **words) {
    markets = size_argument(count, words);
    all = calloc(markets, sizeof *all);
    double *results = numbers(markets * PRODUCTS);
    if (!all) return 1;
    for (size_t m = 0; m < markets; m++) {
        for (int i = 0; i < AGENTS; i++) {
            const size_t agent = m * AGENTS + (size_t)i;
            all[m].sensitivities[i] = 2 + common_uniform(1000, agent);
            for (int j = 0; j < PRODUCTS; j++)
                all[m].utilities[i][j] = 1 + common_bell(300, m * PRODUCTS + (size_t)j) + 0.5 * common_bell(301, agent);
        }
        for (int j = 0; j < PRODUCTS; j++) all[m].costs[j] = 0.5 + common_uniform(1001, m * PRODUCTS + (size_t)j);
    }
    work();
    for (size_t m = 0; m < markets; m++) memcpy(results + m * PRODUCTS, all[m].prices, sizeof all[m].prices);
    print_results(results, markets * PRODUCTS);
    serve_rounds(work);
}
