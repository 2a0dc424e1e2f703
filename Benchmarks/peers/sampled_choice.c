// Customers with normal valuations of eight products and Gumbel taste noise, drawn block by block, each of whom takes the
// best offer or nothing: the limit of what `SampledChoice` does.

#include "draws.h"

enum { PRODUCTS = 8, LANES = 8 };

static size_t customers;
static uint32_t replication;
double results[PRODUCTS + 1];  // not static, or the compiler sees that nobody reads it

static double work(void) {
    double counts[PRODUCTS] = {0}, surplus = 0;
    replication++;
    for (size_t first = 0; first < customers; first += BLOCK) {
        const size_t length = customers - first < BLOCK ? customers - first : BLOCK;
        _Alignas(64) static double v[PRODUCTS][BLOCK], noise[2][BLOCK], outside[2][BLOCK], best[BLOCK], choice[BLOCK];
        draw_uniforms(first, 100, replication, outside[0], outside[1]);
        VECTORISE
        for (int i = 0; i < BLOCK; i++) outside[0][i] = 2 * gumbel(outside[0][i]);
        for (uint32_t pair = 0; pair < PRODUCTS / 2; pair++) {
            double *restrict one = v[2 * pair], *restrict two = v[2 * pair + 1];
            draw_uniforms(first, 1 + pair, replication, one, two);
            normals(one);
            normals(two);
            draw_uniforms(first, 50 + pair, replication, noise[0], noise[1]);
            VECTORISE
            for (int i = 0; i < BLOCK; i++) {
                one[i] = 20 + 2 * pair + 5 * one[i] + 2 * gumbel(noise[0][i]) - outside[0][i];
                two[i] = 21 + 2 * pair + 5 * two[i] + 2 * gumbel(noise[1][i]) - outside[0][i];
            }
        }
        VECTORISE
        for (int i = 0; i < BLOCK; i++) {
            double most = 0, taken = -1;
            for (int a = 0; a < PRODUCTS; a++) {
                const double gain = v[a][i] - (21 + 1.5 * a);
                taken = gain > most ? a : taken;
                most = gain > most ? gain : most;
            }
            best[i] = most;
            choice[i] = taken;
        }
        for (size_t i = length; i < BLOCK; i++) {
            best[i] = 0;
            choice[i] = -1;
        }
        double gains[LANES] = {0};
        for (int i = 0; i < BLOCK; i += LANES)
            for (int lane = 0; lane < LANES; lane++) gains[lane] += best[i + lane];
        for (int lane = 0; lane < LANES; lane++) surplus += gains[lane];
        for (int a = 0; a < PRODUCTS; a++) {
            uint64_t chosen = 0;
            for (int i = 0; i < BLOCK; i++) chosen += choice[i] == a;
            counts[a] += (double)chosen;
        }
    }
    for (int a = 0; a < PRODUCTS; a++) results[a] = counts[a] / (double)customers;
    results[PRODUCTS] = surplus / (double)customers;
    return (double)customers;
}

int main(int count, char **words) {
    customers = size_argument(count, words);
    work();
    print_results(results, PRODUCTS + 1);
    serve_rounds(work);
}
