/* The series of bench/Recurrence.cs in libical. Processor time, medians of five runs.
   cc -O2 bench/peer/recurrence.c -lical -o /tmp/recurrence && /tmp/recurrence */
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static icaltimezone *zone;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return t.tv_sec * 1e6 + t.tv_nsec / 1e3;
}

/* A count of 0 means the week from 1 June 2026. */
static long run(int year, const char *text, int count)
{
    char start_text[20];
    snprintf(start_text, sizeof start_text, "%04d0106T090000", year);
    struct icaltimetype start = icaltime_from_string(start_text);
    start = icaltime_set_timezone(&start, zone);
    struct icalrecurrencetype rule = icalrecurrencetype_from_string(text);
    icalrecur_iterator *all = icalrecur_iterator_new(rule, start);
    struct icaltimetype from = icaltime_from_string("20260601T000000"), to = icaltime_from_string("20260608T000000");
    from = icaltime_set_timezone(&from, zone);
    to = icaltime_set_timezone(&to, zone);
    if (count == 0)
        icalrecur_iterator_set_start(all, from);
    long sum = 0;
    for (struct icaltimetype at = icalrecur_iterator_next(all); !icaltime_is_null_time(at); at = icalrecur_iterator_next(all)) {
        if (count == 0 && icaltime_compare(at, to) >= 0)
            break;
        sum += icaltime_as_timet_with_zone(at, zone);
        if (count > 0 && --count == 0)
            break;
    }
    icalrecur_iterator_free(all);
    return sum;
}

static int compare(const void *a, const void *b) { return *(double *)a < *(double *)b ? -1 : 1; }

static void measure(const char *name, int year, const char *rule, int count)
{
    double spent[5];
    for (int i = 0; i < 5; i++) {
        double begun = now();
        volatile long sum = run(year, rule, count);
        (void)sum;
        spent[i] = now() - begun;
    }
    qsort(spent, 5, sizeof *spent, compare);
    printf("%s: %.1f µs\n", name, spent[2]);
}

int main(void)
{
    zone = icaltimezone_get_builtin_timezone("America/New_York");
    measure("week of a daily series begun in 2026", 2026, "FREQ=DAILY", 0);
    measure("week of a daily series begun in 1900", 1900, "FREQ=DAILY", 0);
    measure("10,000 on MO,WE,FR", 2020, "FREQ=WEEKLY;BYDAY=MO,WE,FR", 10000);
    measure("two years of MO,WE,FR", 2020, "FREQ=WEEKLY;BYDAY=MO,WE,FR", 314);
    measure("ten years of last Fridays", 2020, "FREQ=MONTHLY;BYDAY=-1FR", 120);
    measure("two years of days", 2020, "FREQ=DAILY", 731);
}
