// Mixed logit shares, their price Jacobian and consumer surplus of customers who differ in everything, in blocks that stay
// in cache: the limit of what `MixedLogit` does.

#include "rounds.h"

enum { PRODUCTS = 8, BLOCK = 256, LANES = 8 };

static size_t customers;
static double *utilities[PRODUCTS], *sensitivities;
static double prices[PRODUCTS];
// Not static, or the compiler sees that nobody reads them.
double shares[PRODUCTS], jacobian[PRODUCTS][PRODUCTS], surplus;

INLINE double sum_of(const double *lanes) {
    double sum = 0;
    for (int lane = 0; lane < LANES; lane++) sum += lanes[lane];
    return sum;
}

// Sums over a block of two rows of weighted shares times two or four rows of shares: eight sums at a time stay in registers.
INLINE void add_products(
    double s[PRODUCTS][BLOCK], double w[PRODUCTS][BLOCK], int row, int column, int width, double cross[PRODUCTS][PRODUCTS]
) {
    double sums[2][4][LANES] = {{{0}}};
    for (size_t i = 0; i < BLOCK; i += LANES)
        for (int r = 0; r < 2; r++)
            for (int c = 0; c < width; c++)
                for (int lane = 0; lane < LANES; lane++)
                    sums[r][c][lane] += w[row + r][i + (size_t)lane] * s[column + c][i + (size_t)lane];
    for (int r = 0; r < 2; r++)
        for (int c = 0; c < width; c++) cross[row + r][column + c] += sum_of(sums[r][c]);
}

static double work(void) {
    double units[PRODUCTS] = {0}, own[PRODUCTS] = {0}, cross[PRODUCTS][PRODUCTS] = {{0}}, gain = 0;
    for (size_t start = 0; start < customers; start += BLOCK) {
        const size_t length = customers - start < BLOCK ? customers - start : BLOCK;
        _Alignas(64) static double s[PRODUCTS][BLOCK], w[PRODUCTS][BLOCK], total[BLOCK], slope[BLOCK];
        const double *alpha = sensitivities + start;
        // Utilities stay far below 700 in size, so that no exponential needs its largest taken off first.
        for (size_t i = 0; i < BLOCK; i++) total[i] = 1;
        for (int a = 0; a < PRODUCTS; a++) {
            const double *u = utilities[a] + start, price = prices[a];
            VECTORISE
            for (size_t i = 0; i < length; i++) {
                s[a][i] = fast_exp(u[i] - alpha[i] * price);
                total[i] += s[a][i];
            }
        }
        double gains[LANES] = {0};
        for (size_t i = 0; i < length / LANES * LANES; i += LANES)
            for (int lane = 0; lane < LANES; lane++) gains[lane] += fast_log(total[i + lane]) / alpha[i + lane];
        for (size_t i = length / LANES * LANES; i < length; i++) gains[0] += fast_log(total[i]) / alpha[i];
        gain += sum_of(gains);
        VECTORISE
        for (size_t i = 0; i < length; i++) {
            total[i] = 1 / total[i];
            slope[i] = alpha[i];
        }
        for (size_t i = length; i < BLOCK; i++) total[i] = slope[i] = 0;
        for (int a = 0; a < PRODUCTS; a++) {
            double u[2 * LANES] = {0}, o[2 * LANES] = {0};
            for (size_t i = 0; i < BLOCK; i += 2 * LANES)
                for (int lane = 0; lane < 2 * LANES; lane++) {
                    const size_t k = i + (size_t)lane;
                    s[a][k] *= total[k];
                    w[a][k] = s[a][k] * slope[k];
                    u[lane] += s[a][k];
                    o[lane] += w[a][k];
                }
            units[a] += sum_of(u) + sum_of(u + LANES);
            own[a] += sum_of(o) + sum_of(o + LANES);
        }
#pragma clang loop unroll(full)
        for (int a = 0; a < PRODUCTS; a += 2) {
            int b = a;
            for (; b + 4 <= PRODUCTS; b += 4) add_products(s, w, a, b, 4, cross);
            if (b < PRODUCTS) add_products(s, w, a, b, 2, cross);
        }
    }
    const double weight = 1 / (double)customers;
    for (int a = 0; a < PRODUCTS; a++) {
        shares[a] = units[a] * weight;
        for (int b = 0; b < PRODUCTS; b++)
            jacobian[a][b] = weight * ((b < a ? cross[b][a] : cross[a][b]) - (a == b ? own[a] : 0));
    }
    surplus = gain * weight;
    return (double)customers;
}

int main(int count, char **words) {
    customers = size_argument(count, words);
    sensitivities = numbers(customers);
    for (size_t i = 0; i < customers; i++) sensitivities[i] = 0.1 * (0.5 + common_uniform(100, i));
    for (int a = 0; a < PRODUCTS; a++) {
        utilities[a] = numbers(customers);
        for (size_t i = 0; i < customers; i++) utilities[a][i] = 2 + 0.25 * a + common_bell((uint64_t)a, i);
        prices[a] = 10 + 2 * a;
    }
    work();
    double results[PRODUCTS + PRODUCTS * PRODUCTS + 1];
    memcpy(results, shares, sizeof shares);
    memcpy(results + PRODUCTS, jacobian, sizeof jacobian);
    results[PRODUCTS + PRODUCTS * PRODUCTS] = surplus;
    print_results(results, sizeof results / sizeof *results);
    serve_rounds(work);
}
