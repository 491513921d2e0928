// test_title_odds.c - the odds of titles, learned from counts.
#include "test.h"

#include "title/odds.h"

enum { LOW = -700, HIGH = 2000 };

// A bit of evidence is 120 of the score.
static void straight(struct title_odds *o)
{
    for (int b = 0; b < NULL_BINS; b++) {
        int bits = (NULL_FIRST + b * NULL_STEP + NULL_STEP / 2) * ODDS_UNIT / 120;
        o->evidence[b] = bits < ODDS_LEAST ? ODDS_LEAST : bits > ODDS_MOST ? ODDS_MOST : bits;
    }
}

static void add_pairs(struct odds_counts *c, const struct title_odds *o, bool many, int less, int more,
                      uint32_t n)
{
    c->pair[0][many][odds_gap(less, more)][odds_step(odds_evidence(o, less))]
           [odds_step(odds_evidence(o, more))] += 64 * n;
}

static void logarithms_add(void **state)
{
    (void)state;
    assert_int_equal(odds_log2(1), 0);
    assert_int_equal(odds_log2(1u << 20), 20 * ODDS_UNIT);
    for (int a = -900; a <= 900; a += 37) {
        assert_in_range(odds_add(a, a) - a, ODDS_UNIT - 1, ODDS_UNIT + 1);
        assert_int_equal(odds_add(a, a + 40), odds_add(a + 40, a));
        assert_int_equal(odds_add(a, a - 40 * ODDS_UNIT), a);
        assert_true(odds_add(a, a - 70) > a && odds_add(a, a - 70) < a + ODDS_UNIT);
    }
}

static void evidence_follows_the_score(void **state)
{
    struct title_odds o;
    (void)state;
    straight(&o);
    assert_int_equal(odds_evidence(&o, INT16_MIN), ODDS_LEAST);
    assert_int_equal(odds_evidence(&o, INT16_MAX), ODDS_MOST);
    assert_in_range(odds_evidence(&o, 240), 2 * ODDS_UNIT - 1, 2 * ODDS_UNIT + 1);
    for (int score = -3000; score < 6000; score += 7) {
        assert_true(odds_evidence(&o, score) <= odds_evidence(&o, score + 7));
    }
}

// A title that fits nothing, without a better home: in one corpus many such are wrong, in another none.
static void the_share_of_wrong_titles_is_learned(void **state)
{
    static struct odds_counts clean;
    static struct odds_counts foul;
    struct title_odds o;
    (void)state;
    straight(&o);
    clean.alone[title_bin(HIGH)] = foul.alone[title_bin(HIGH)] = 10000;
    clean.alone[title_bin(LOW)] = 10;
    foul.alone[title_bin(LOW)] = 5000;
    odds_learn(&o, &clean);
    assert_true(odds_alone(&o, LOW) < 0);
    assert_true(odds_alone(&o, 0) < odds_alone(&o, LOW));
    odds_learn(&o, &foul);
    assert_true(odds_alone(&o, LOW) > 0);
    assert_true(odds_alone(&o, HIGH) < 0);
}

// Where titles over two stories fit both, they are series; where they fit one, it is their home.
static void what_pairs_are_is_learned(void **state)
{
    static struct odds_counts series;
    static struct odds_counts homes;
    struct title_odds o;
    (void)state;
    straight(&o);
    add_pairs(&series, &o, false, 600, 900, 400);
    odds_learn(&o, &series);
    assert_true(odds_of_pair(&o, &o.pair[0][0], 500, 1500) < 0);
    assert_true(odds_of_pair(&o, &o.pair[0][0], 1500, 500) < 0);
    add_pairs(&homes, &o, false, LOW, HIGH, 400);
    odds_learn(&o, &homes);
    assert_true(odds_of_pair(&o, &o.pair[0][0], 500, HIGH) > 0);
    assert_true(odds_of_pair(&o, &o.pair[0][0], LOW, HIGH) > 0);
    assert_true(odds_of_pair(&o, &o.pair[0][0], HIGH, LOW) < 0);
    assert_true(odds_belongs_there(&o, &o.pair[0][0], HIGH));
    // No text is the home by its looks alone, not even for a title that fits neither.
    assert_true(abs(odds_of_pair(&o, &o.pair[0][0], LOW, LOW)) < ODDS_UNIT);
    // Other kinds of pairs know nothing of these.
    assert_true(odds_of_pair(&o, &o.pair[2][0], 500, HIGH) < odds_of_pair(&o, &o.pair[0][0], 500, HIGH));
}

// Under one title over many stories the one that fits best is its home, and the others may be right as well.
static void the_best_of_many_is_the_home(void **state)
{
    static struct odds_counts counts;
    struct title_odds o;
    (void)state;
    straight(&o);
    add_pairs(&counts, &o, true, LOW, HIGH, 300);
    add_pairs(&counts, &o, true, 900, HIGH, 100);
    odds_learn(&o, &counts);
    const struct odds_pair *p = &o.pair[0][1];
    assert_true(p->home > p->odd + 4 * ODDS_UNIT);
    assert_true(odds_of_pair(&o, p, LOW, HIGH) > 0);
    assert_true(odds_of_pair(&o, p, 900, HIGH) < 0);
    assert_true(odds_of_pair(&o, p, HIGH, 900) < odds_of_pair(&o, p, 900, HIGH));
}

// A headline that is right twice fits the second story about half as well, not hardly at all.
static void gaps_count(void **state)
{
    (void)state;
    assert_true(odds_gap(1000, 1200) == odds_gap(1900, 4000));
    assert_true(odds_gap(300, 4000) >= odds_gap(1900, 4000) + 2);
    assert_true(odds_gap(-500, 4000) >= odds_gap(300, 4000));
    // The name of a column fits nothing, twice.
    assert_true(odds_gap(-900, -800) < odds_gap(1000, 1200));
    assert_in_range(odds_gap(INT16_MIN, INT16_MAX), 0, ODDS_GAPS - 1);
    assert_in_range(odds_gap(INT16_MIN, INT16_MIN), 0, ODDS_GAPS - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(logarithms_add),
        cmocka_unit_test(evidence_follows_the_score),
        cmocka_unit_test(the_share_of_wrong_titles_is_learned),
        cmocka_unit_test(what_pairs_are_is_learned),
        cmocka_unit_test(the_best_of_many_is_the_home),
        cmocka_unit_test(gaps_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
