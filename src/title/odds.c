// odds.c - the odds that a title is wrong. Contract in odds.h.
//
// Whether one title is wrong depends on how well it fits, and on whether another story stands under it.
//
// Alone: of such titles a small share is wrong, and each title's evidence moves the odds from there. A witty
// headline shares no word with its text either; where wrong titles mostly stand over their true story too,
// few of those without such a story are wrong, and the share learned says so. About one headline in sixty
// is taken for a witty one.
//
// Two stories under one title: right here and wrong there, the reverse, both right (a series, versions of a
// page, threads of letters), both wrong. How common each is, is learned, separately for pairs of texts that
// share runs of words and for titles over three texts or more. In a corpus of series nearly all pairs are
// "both right", and a better story elsewhere says nothing. Of two texts either may be the home; of many, the
// one that fits best is, as a rule, and how strict that rule is, is learned too.
//
// Shares are learned by expectation and maximization (Dempster, Laird and Rubin 1977) over the counted
// evidence, in integers and from a fixed start, so that the result depends on the counts alone. What corpora
// usually have counts as a few titles.

#include "title/odds.h"

enum {
    ONE = 65536,
    ROUNDS = 30,
    RIGHT_MEAN = 1500, // scores of right titles
    RIGHT_SPREAD = 1100,
    GAP_FIRST = -5 // odds_gap() counts from so many bits
};

// log2(x) by a parabola, error below .01 bit
int odds_log2(uint32_t x)
{
    int whole = 31 - __builtin_clz(x);
    int64_t f = ((int64_t)x << 16 >> whole) - ONE; // 0 .. 65535
    int64_t part = f + (22524 * (f * (ONE - f) >> 16) >> 16);
    return whole * ODDS_UNIT + (int)(part * ODDS_UNIT >> 16);
}

// 2^x in 1/65536, x <= 0
static uint32_t power(int x)
{
    int whole = -x / ODDS_UNIT;
    uint32_t f = (uint32_t)(-x % ODDS_UNIT) * (ONE / ODDS_UNIT);
    // 2^-f by a parabola through its ends
    uint32_t part = (uint32_t)(ONE - f / 2 - ((uint64_t)f * (ONE - f) >> 16) * 11 / 64);
    return whole > 30 ? 0 : part >> whole;
}

int odds_add(int a, int b)
{
    int more = a > b ? a : b;
    int less = a > b ? b : a;
    return more + odds_log2(ONE + power(less - more)) - 16 * ODDS_UNIT;
}

int odds_evidence(const struct title_odds *o, int score)
{
    int at = score - NULL_FIRST - NULL_STEP / 2; // from the middle of the first bin
    int bin = at / NULL_STEP;
    if (at <= 0) {
        return o->evidence[0];
    }
    if (bin >= NULL_BINS - 1) {
        return o->evidence[NULL_BINS - 1];
    }
    int rise = o->evidence[bin + 1] - o->evidence[bin];
    return o->evidence[bin] + rise * (at % NULL_STEP) / NULL_STEP;
}

int odds_alone(const struct title_odds *o, int own)
{
    return o->alone - odds_evidence(o, own);
}

// -log2 of a bell: z^2 / 2 ln 2, and the spread
static int bell(int x, int mean, int spread)
{
    int z = (x - mean) * ODDS_UNIT / spread;
    return z * z * 46 / ODDS_UNIT / ODDS_UNIT + odds_log2((uint32_t)spread);
}

// Read off headlines that fit several stories of one event: the less is about half of the more. The name of a
// column fits nothing, wherever it stands: that it does not fit a second time is no news.
int odds_gap(int less, int more)
{
    int mean = more * 9 / 20 + 150;
    int spread = (more > 0 ? more / 16 : 0) + 350;
    bool fits = more > mean;
    mean = fits ? mean : more;
    less = less > mean ? mean : less < mean - 3 * spread ? mean - 3 * spread : less;
    int gap = bell(less, mean, spread) - bell(less, RIGHT_MEAN, RIGHT_SPREAD);
    gap = fits && gap < 0 ? 0 : gap;
    int steps = (gap + ODDS_UNIT / 2) / ODDS_UNIT - GAP_FIRST;
    return steps < 0 ? 0 : steps < ODDS_GAPS ? steps : ODDS_GAPS - 1;
}

static int bits_of_gap(int gap)
{
    return (gap + GAP_FIRST) * ODDS_UNIT;
}

int odds_of_pair(const struct title_odds *o, const struct odds_pair *p, int own, int other)
{
    int here = odds_evidence(o, own);
    int there = odds_evidence(o, other);
    int gap = bits_of_gap(own < other ? odds_gap(own, other) : odds_gap(other, own));
    // Where it fits better is its home.
    int right_there = (own < other ? p->home : p->odd) + there;
    int right_here = (own < other ? p->odd : p->home) + here;
    // What fits neither may be the name of a column as well as wrong twice.
    return odds_add(right_there, p->none - o->witty) - odds_add(right_here, p->both + here + there - gap);
}

bool odds_belongs_there(const struct title_odds *o, const struct odds_pair *p, int other)
{
    return p->home + odds_evidence(o, other) > p->none;
}

// ---- learning

enum {
    ALONE_START = ONE / 50,
    ALONE_USUAL = ONE / 20, // what small corpora are taken for, as if seen in so many titles
    ALONE_WEIGHT = 24,
    WITTY = ONE / 64,     // headlines in all corpora that share nothing with their text
    WITTY_MOST = ONE / 8, // no corpus has only such

    PAIR_UNIT = 64, // of the counts of pairs
    USUAL_ONE = 2 * PAIR_UNIT,
    USUAL_BOTH = 2 * PAIR_UNIT,
    USUAL_NONE = PAIR_UNIT / 2,
    N_CASES = 4
};

static int middle_of_step(unsigned step)
{
    return ODDS_LEAST + (int)step * ODDS_UNIT + ODDS_UNIT / 2;
}

static int log_share(uint64_t share)
{
    return odds_log2(share ? (uint32_t)share : 1) - 16 * ODDS_UNIT;
}

static void learn_alone(struct title_odds *o, const uint32_t counts[NULL_BINS])
{
    uint64_t n = ALONE_WEIGHT;
    uint64_t share = ALONE_START;
    for (unsigned b = 0; b < NULL_BINS; b++) {
        n += counts[b];
    }
    for (unsigned round = 0; round < ROUNDS; round++) {
        uint64_t wrong = (uint64_t)ALONE_USUAL * ALONE_WEIGHT;
        for (unsigned b = 0; b < NULL_BINS; b++) {
            int right = log_share(ONE - share) + o->evidence[b];
            int all = odds_add(log_share(share), right);
            wrong += (uint64_t)counts[b] * power(log_share(share) - all);
        }
        share = wrong / n;
    }
    o->alone = log_share(share) - log_share(ONE - share);
    uint64_t wrong = share > WITTY ? (share - WITTY) * ONE / share : 0;
    o->witty = wrong < WITTY_MOST ? -log_share(WITTY_MOST) : -log_share(wrong);
}

// Of a pair with this evidence, how much of it is home, odd, both, none.
static void share_out(const struct odds_pair *p, int less, int more, int gap, uint32_t part[N_CASES])
{
    int cases[N_CASES] = {p->home + more, p->odd + less, p->both + less + more - gap, p->none};
    int all = odds_add(odds_add(cases[0], cases[1]), odds_add(cases[2], cases[3]));
    for (unsigned k = 0; k < N_CASES; k++) {
        part[k] = power(cases[k] < all ? cases[k] - all : 0);
    }
}

static void learn_pair(struct odds_pair *p, bool many, const uint32_t *counts)
{
    *p = (struct odds_pair){-2 * ODDS_UNIT, -2 * ODDS_UNIT, -2 * ODDS_UNIT, -3 * ODDS_UNIT};
    for (unsigned round = 0; round < ROUNDS; round++) {
        uint64_t sum[N_CASES] = {(uint64_t)USUAL_ONE << 16, (uint64_t)USUAL_ONE << 16,
                                 (uint64_t)USUAL_BOTH << 16, (uint64_t)USUAL_NONE << 16};
        for (unsigned at = 0; at < ODDS_GAPS * ODDS_STEPS * ODDS_STEPS; at++) {
            uint32_t part[N_CASES];
            if (counts[at] == 0) {
                continue;
            }
            unsigned steps = at % (ODDS_STEPS * ODDS_STEPS);
            share_out(p, middle_of_step(steps / ODDS_STEPS), middle_of_step(steps % ODDS_STEPS),
                      bits_of_gap((int)(at / (ODDS_STEPS * ODDS_STEPS))), part);
            for (unsigned k = 0; k < N_CASES; k++) {
                sum[k] += (uint64_t)counts[at] * part[k];
            }
        }
        uint64_t all = (sum[0] + sum[1] + sum[2] + sum[3]) >> 16;
        uint64_t half = (sum[0] + sum[1]) / 2;
        p->home = log_share((many ? sum[0] : half) / all);
        p->odd = log_share((many ? sum[1] : half) / all);
        p->both = log_share(sum[2] / all);
        p->none = log_share(sum[3] / all);
    }
}

void odds_learn(struct title_odds *o, const struct odds_counts *counts)
{
    learn_alone(o, counts->alone);
    for (unsigned alike = 0; alike < ODDS_ALIKE; alike++) {
        for (unsigned many = 0; many < 2; many++) {
            learn_pair(&o->pair[alike][many], many, counts->pair[alike][many][0][0]);
        }
    }
}
