#include "relation.h"

bool relation_needs_alignment(const struct evidence *e)
{
    uint32_t small = e->set_a < e->set_b ? e->set_a : e->set_b;
    return e->shared * 10 >= small;
}

struct relation_judgement relation_of(const struct evidence *e, bool same_page)
{
    (void)same_page;
    uint32_t small = e->set_a < e->set_b ? e->set_a : e->set_b;
    return (struct relation_judgement){e->shared * 20 >= small ? RELATION_NEAR : RELATION_NONE, 5000};
}
