// Customers drawn block by block with normal valuations of two goods, who choose from a mixed bundle at eight price lists
// in turn: the limit of what `BundleChoice` does.

#include "draws.h"

enum { LISTS = 8, LANES = 8 };

static size_t customers;
static uint32_t replication;
double totals[LISTS][4];  // not static, or the compiler sees that nobody reads it

static double work(void) {
    replication++;
    memset(totals, 0, sizeof totals);
    for (size_t first = 0; first < customers; first += BLOCK) {
        const size_t length = customers - first < BLOCK ? customers - first : BLOCK;
        _Alignas(64) static double one[BLOCK], two[BLOCK];
        draw_uniforms(first, 1, replication, one, two);
        normals(one);
        normals(two);
        VECTORISE
        for (int i = 0; i < BLOCK; i++) {
            one[i] = 60 + 20 * one[i];
            two[i] = 50 + 25 * two[i];
        }
        // Places beyond the last customer hold somebody who buys nothing.
        for (size_t i = length; i < BLOCK; i++) one[i] = two[i] = -1e9;
        for (int list = 0; list < LISTS; list++) {
            const double p = 64 + list, q = 56 + list, b = 101 + 1.5 * list;
            int64_t counts[3][LANES] = {{0}};
            double gains[LANES] = {0};
            for (int i = 0; i < BLOCK; i += LANES)
                for (int lane = 0; lane < LANES; lane++) {
                    const double u = one[i + lane] - p, v = two[i + lane] - q;
                    const double alone = (u > 0 ? u : 0) + (v > 0 ? v : 0), together = one[i + lane] + two[i + lane] - b;
                    const int64_t bundled = together >= alone;
                    gains[lane] += bundled ? together : alone;
                    counts[0][lane] += (int64_t)(u >= 0) & ~bundled;
                    counts[1][lane] += (int64_t)(v >= 0) & ~bundled;
                    counts[2][lane] += bundled;
                }
            for (int lane = 0; lane < LANES; lane++) {
                for (int k = 0; k < 3; k++) totals[list][k] += (double)counts[k][lane];
                totals[list][3] += gains[lane];
            }
        }
    }
    return (double)(customers * LISTS);
}

int main(int count, char **words) {
    customers = size_argument(count, words);
    work();
    double results[4];
    for (int k = 0; k < 4; k++) results[k] = totals[LISTS - 1][k] / (double)customers;
    print_results(results, 4);
    serve_rounds(work);
}
