/* Settled units as an hledger journal. */
#include <baogan/ledger.h>

#include "actual/messages.h"
#include "settlement/plan.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

typedef struct journal {
    FILE *stream;
    bool chinese;
    const bg_ledger_unit *units;
    int year;  /* of the entries; 0: that of the unit */
    int month; /* 12 year + month - 1, on whose last day the entries are; 0: as the unit says */
} journal;

/* An account without its scheme: "fund" and the fund's name, "cash" and whose it is, "pool". */
typedef struct ledger_account {
    const char *role, *name; /* name NULL: none */
} ledger_account;

static ledger_account account_of(const bg_plan *plan, int index)
{
    const char *name = bg_plan_account(plan, (size_t)index);
    const int community = bg_plan_community(plan);
    if (index >= bg_plan_fund_account(0) && index < community) {
        return (ledger_account){bg_plan_is_fund_account(plan, index) ? "fund" : "source", name};
    }
    const int purposes = bg_plan_purpose_account(plan, 0);
    if (index > community && index < bg_plan_outside(plan)) {
        return (ledger_account){index < purposes ? "institution" : "purpose", name};
    }
    return (ledger_account){name, NULL};
}

static bool is_fund(const bg_plan *plan, size_t index)
{
    return strcmp(account_of(plan, (int)index).role, "fund") == 0;
}

/* ---- text ---- */

/* Length of the UTF-8 sequence that starts here, 0 if there is none. */
static size_t sequence(const char *text, uint32_t *character)
{
    const unsigned char *byte = (const unsigned char *)text;
    static const struct {
        unsigned char mask, lead;
        uint32_t least;
    } forms[] = {{0x80, 0x00, 0}, {0xE0, 0xC0, 0x80}, {0xF0, 0xE0, 0x800}, {0xF8, 0xF0, 0x10000}};
    for (size_t length = 1; length <= 4; length++) {
        if ((byte[0] & forms[length - 1].mask) != forms[length - 1].lead) {
            continue;
        }
        *character = byte[0] & (unsigned char)~forms[length - 1].mask;
        for (size_t i = 1; i < length; i++) {
            if ((byte[i] & 0xC0) != 0x80) {
                return 0;
            }
            *character = *character << 6 | (byte[i] & 0x3FU);
        }
        const bool surrogate = *character >= 0xD800 && *character < 0xE000;
        return *character < forms[length - 1].least || *character > 0x10FFFF || surrogate ? 0
                                                                                          : length;
    }
    return 0;
}

/* The characters that hledger takes for a blank. */
static bool is_blank(uint32_t character)
{
    static const uint32_t blanks[] = {' ', 0xA0, 0x1680, 0x202F, 0x205F, 0x3000};
    for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++) {
        if (character == blanks[i]) {
            return true;
        }
    }
    return character >= 0x2000 && character <= 0x200A;
}

/* A name ends for hledger where two blanks stand. Every blank but a single space becomes "%" and its
 * code; names hold no "%", hence two of them never become one. */
static void write_name(FILE *stream, const char *name)
{
    bool after_blank = true;
    for (size_t i = 0; name[i];) {
        uint32_t character = (unsigned char)name[i];
        const size_t length = sequence(name + i, &character);
        const bool blank = length > 0 && is_blank(character);
        if (length == 0 || (blank && (after_blank || character != ' '))) {
            fprintf(stream, "%%%02X", (unsigned)character);
            after_blank = false;
        } else {
            fwrite(name + i, 1, length, stream);
            after_blank = blank;
        }
        i += length ? length : 1;
    }
}

/* Text of a comment or a description: on one line, and UTF-8 for certain. */
static void write_text(FILE *stream, const char *text)
{
    for (size_t i = 0; text[i];) {
        uint32_t character;
        const size_t length = sequence(text + i, &character);
        if (length == 0) {
            fputc('?', stream);
        } else if (character < 0x20 || character == 0x7F) {
            fputc(' ', stream);
        } else {
            fwrite(text + i, 1, length, stream);
        }
        i += length ? length : 1;
    }
}

/* ---- lines ---- */

static void write_account(const journal *self, const bg_ledger_unit *unit, ledger_account account)
{
    fputs(account.role, self->stream);
    if (account.name) {
        fputc(':', self->stream);
        write_name(self->stream, account.name);
    }
    fprintf(self->stream, ":%s", unit->scheme);
}

static void write_leg(const journal *self, const bg_ledger_unit *unit, ledger_account account,
                      bg_fen amount)
{
    fputs("    ", self->stream);
    write_account(self, unit, account);
    fprintf(self->stream, "  %s CNY\n", bg_money_text(amount, (char[BG_NUMBER_TEXT]){0}));
}

/* The same, with the balance that the account then has: hledger checks it. */
static void write_balanced_leg(const journal *self, const bg_ledger_unit *unit,
                               ledger_account account, bg_fen amount, bg_fen balance)
{
    fputs("    ", self->stream);
    write_account(self, unit, account);
    fprintf(self->stream, "  %s CNY = %s CNY\n", bg_money_text(amount, (char[BG_NUMBER_TEXT]){0}),
            bg_money_text(balance, (char[BG_NUMBER_TEXT]){0}));
}

static void write_last_day(FILE *stream, int month)
{
    static const int days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const int year = month / 12, of_year = month % 12;
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    fprintf(stream, "\n%04d-%02d-%02d ", year, of_year + 1,
            days[of_year] + (leap && of_year == 1 ? 1 : 0));
}

/* By the calendar, a year is settled in one of its months, in which all of it is posted. */
static void begin_head(const journal *self, const bg_ledger_unit *unit, const char *day,
                       size_t step)
{
    if (self->month || unit->payments) {
        write_last_day(self->stream, self->month ? self->month : unit->payments->settled);
    } else {
        fprintf(self->stream, "\n%04d-%s ", self->year ? self->year : unit->year, day);
    }
    if (step) {
        fprintf(self->stream, "(%zu) ", step);
    }
    fprintf(self->stream, "%s %d | ", unit->scheme, unit->year);
}

static void write_head(const journal *self, const bg_ledger_unit *unit, const char *day,
                       size_t step, const char *what)
{
    begin_head(self, unit, day, step);
    write_text(self->stream, what);
    fputc('\n', self->stream);
}

static const char *words(const journal *self, const char *english, const char *chinese)
{
    return self->chinese ? chinese : english;
}

/* ---- what funds bring in ---- */

/* The unit of the same scheme settled before this one, or NULL. */
static const bg_ledger_unit *unit_before(const journal *self, const bg_ledger_unit *unit)
{
    for (const bg_ledger_unit *earlier = unit; earlier > self->units;) {
        earlier--;
        if (strcmp(earlier->scheme, unit->scheme) == 0) {
            return earlier;
        }
    }
    return NULL;
}

/* A fund begins with what the last year left, unless the scenario says otherwise: by how much. */
static bg_fen brought_in(const journal *self, const bg_ledger_unit *unit, size_t fund)
{
    const bg_ledger_unit *before = unit_before(self, unit);
    const bg_fen held = before ? before->block->fund_closing[fund][0] : 0;
    return unit->block->fund_opening[fund][0] - held;
}

static void write_opening(const journal *self, const bg_ledger_unit *unit, const char *day,
                          size_t fund, bg_fen amount)
{
    if (amount != 0) {
        write_head(self, unit, day, 0, words(self, "brought in", "期初余额"));
        write_leg(self, unit, (ledger_account){"opening", NULL}, -amount);
        write_leg(self, unit, account_of(unit->plan, bg_plan_fund_account(fund)), amount);
    }
}

static void write_brought_in(const journal *self, const bg_ledger_unit *unit)
{
    for (size_t f = 0; f < unit->plan->fund_count; f++) {
        write_opening(self, unit, "01-01", f, brought_in(self, unit, f));
    }
}

/* ---- the postings ---- */

static bg_status write_reason(const journal *self, const bg_ledger_unit *unit,
                              const bg_posting *posting)
{
    const bg_posting_words words = {.language = self->chinese ? "zh" : "en"};
    char *text = bg_posting_text(posting, unit->plan, &words);
    if (!text) {
        return BG_MEMORY;
    }
    write_text(self->stream, text);
    free(text);
    return BG_OK;
}

static void write_source(const journal *self, const bg_posting *posting)
{
    if (posting->has_rate) {
        char rate[BG_NUMBER_TEXT];
        fprintf(self->stream, "    ; rate: %s\n", bg_posting_rate(posting, rate));
    }
    if (posting->mark.file) {
        fputs("    ; source: ", self->stream);
        write_text(self->stream, posting->mark.file);
        if (posting->mark.line > 0) {
            fprintf(self->stream, ":%d", posting->mark.line);
        }
        fputc('\n', self->stream);
    }
}

/* The step, behind the pot in which it works. */
static void write_step(const journal *self, const bg_posting *posting)
{
    if (posting->pot) {
        write_text(self->stream, posting->pot);
        fputs(": ", self->stream);
    }
    write_text(self->stream, posting->name);
}

/* What a step works out without moving it. */
static bg_status write_note(const journal *self, const bg_ledger_unit *unit,
                            const bg_posting *posting)
{
    fputs("\n; ", self->stream);
    if (posting->step) {
        fprintf(self->stream, "(%zu) ", posting->step);
    }
    write_step(self, posting);
    fputs(": ", self->stream);
    const bg_status status = write_reason(self, unit, posting);
    fprintf(self->stream, " = %s CNY\n", bg_money_text(posting->amount, (char[BG_NUMBER_TEXT]){0}));
    return status;
}

static bg_status write_posting(const journal *self, const bg_ledger_unit *unit,
                               const bg_posting *posting)
{
    if (posting->from < 0) {
        return write_note(self, unit, posting);
    }
    begin_head(self, unit, "12-31", posting->step);
    write_step(self, posting);
    fputs("\n    ; ", self->stream);
    const bg_status status = write_reason(self, unit, posting);
    fputc('\n', self->stream);
    write_source(self, posting);
    write_leg(self, unit, account_of(unit->plan, posting->from), -posting->amount);
    write_leg(self, unit, account_of(unit->plan, posting->to), posting->amount);
    return status;
}

/* ---- what is owed and paid ---- */

/* The pool pays a part of what it owes; after the last part nothing is owed. */
static void write_payment(const journal *self, const bg_ledger_unit *unit, const char *what,
                          const char *payee, bg_fen amount, bg_fen still_owed)
{
    write_head(self, unit, "12-31", 0, what);
    write_leg(self, unit, (ledger_account){"cash", "pool"}, -amount);
    write_leg(self, unit, (ledger_account){"cash", payee}, amount);
    write_balanced_leg(self, unit, (ledger_account){"owed", payee}, -amount, still_owed);
    write_leg(self, unit, (ledger_account){"owed", "pool"}, amount);
}

typedef struct cash {
    bg_fen entitlement, prepaid, clearing, patients;
    bg_fen outside, outside_by_community; /* by the pool; out of what the community gets */
} cash;

/* Amounts that do not pass through what is owed. */
static void write_transfer(const journal *self, const bg_ledger_unit *unit, const char *what,
                           const char *payer, const char *payee, bg_fen amount)
{
    write_head(self, unit, "12-31", 0, what);
    write_leg(self, unit, (ledger_account){"cash", payer}, -amount);
    write_leg(self, unit, (ledger_account){"cash", payee}, amount);
}

/* What the community has had before the clearing. */
static bg_fen paid_before(const bg_ledger_unit *unit)
{
    bg_fen sum = unit->block->input[BG_INPUT_prepaid][0];
    for (size_t a = 0; a < bg_plan_advance_count(unit->plan); a++) {
        sum += unit->block->advanced[a][0];
    }
    return sum;
}

static cash cash_of(const bg_ledger_unit *unit)
{
    const bg_settlement_block *block = unit->block;
    const bg_fen outside = block->input[BG_INPUT_outside][0];
    const bool by_community = bg_plan_community_pays_outside(unit->plan);
    return (cash){
        .entitlement = block->result[BG_RESULT_entitlement][0],
        .prepaid = paid_before(unit),
        .clearing = block->result[BG_RESULT_clearing][0],
        .patients = block->input[BG_INPUT_patients][0],
        .outside = by_community ? 0 : outside,
        .outside_by_community = by_community ? outside : 0,
    };
}

/* What `due` is beyond what was `paid`. */
static cash cash_beyond(const cash *due, const cash *paid)
{
    return (cash){
        .entitlement = due->entitlement - paid->entitlement,
        .prepaid = due->prepaid - paid->prepaid,
        .clearing = due->clearing - paid->clearing,
        .patients = due->patients - paid->patients,
        .outside = due->outside - paid->outside,
        .outside_by_community = due->outside_by_community - paid->outside_by_community,
    };
}

static void write_entitlement(const journal *self, const bg_ledger_unit *unit, const cash *due)
{
    write_head(self, unit, "12-31", 0, words(self, "entitlement", "应付额"));
    write_leg(self, unit, (ledger_account){"owed", "pool"}, -due->entitlement);
    write_leg(self, unit, (ledger_account){"owed", "community"}, due->prepaid + due->clearing);
    write_leg(self, unit, (ledger_account){"owed", "outside"}, due->outside);
}

/* What the pool does not pay, and what patients do. */
static void write_transfers(const journal *self, const bg_ledger_unit *unit, const cash *due)
{
    if (due->outside_by_community != 0) {
        write_transfer(self, unit,
                       words(self, "paid outside by the community", "医共体支付县外机构"),
                       "community", "outside", due->outside_by_community);
    }
    if (due->patients != 0) {
        write_transfer(self, unit, words(self, "patients' own payments", "个人支付"), "patients",
                       "community", due->patients);
    }
}

static void write_cash(const journal *self, const bg_ledger_unit *unit, const cash *due,
                       const char *clearing)
{
    write_entitlement(self, unit, due);
    if (due->outside != 0 || !bg_plan_community_pays_outside(unit->plan)) {
        write_payment(self, unit, words(self, "paid outside", "支付县外机构"), "outside",
                      due->outside, 0);
    }
    write_payment(self, unit, words(self, "instalments", "月度预拨"), "community", due->prepaid,
                  due->clearing);
    write_payment(self, unit, clearing, "community", due->clearing, 0);
    write_transfers(self, unit, due);
}

/* ---- payments by the calendar ---- */

typedef enum event_kind { PAID_OUTSIDE, SETTLED, PAID } event_kind;

typedef struct event {
    int month;
    size_t place; /* among those of a month, as they were found */
    event_kind kind;
    const bg_ledger_unit *unit;
    const bg_payment *payment; /* of PAID */
} event;

enum { EVENTS = BG_CALENDAR_MONTHS + 12 + 12 + 2 }; /* that a unit may have */

static int by_month(const void *left, const void *right)
{
    const event *a = left, *b = right;
    if (a->month != b->month) {
        return a->month < b->month ? -1 : 1;
    }
    return a->place < b->place ? -1 : a->place > b->place;
}

static void note(event *events, size_t *count, event what)
{
    what.place = *count;
    events[(*count)++] = what;
}

/* What the years of a scheme pay, from `first` on, one after another. */
static size_t find_events(const bg_ledger_unit *units, size_t count, size_t first, event *events)
{
    size_t found = 0;
    for (size_t i = first; i < count; i++) {
        const bg_ledger_unit *unit = &units[i];
        if (strcmp(unit->scheme, units[first].scheme) != 0) {
            continue;
        }
        const bg_payments *payments = unit->payments;
        note(events, &found,
             (event){.month = 12 * unit->year + 11, .kind = PAID_OUTSIDE, .unit = unit});
        note(events, &found, (event){.month = payments->settled, .kind = SETTLED, .unit = unit});
        for (size_t p = 0; p < payments->count; p++) {
            const bg_payment *payment = &payments->item[p];
            note(events, &found,
                 (event){.month = payment->month, .kind = PAID, .unit = unit, .payment = payment});
        }
    }
    qsort(events, found, sizeof *events, by_month);
    return found;
}

static const char *payment_words(const journal *self, bg_payment_kind kind)
{
    switch (kind) {
    case BG_PAYMENT_INSTALMENT:
        return words(self, "instalment", "预拨");
    case BG_PAYMENT_RELEASE:
        return words(self, "release", "考核返还");
    case BG_PAYMENT_REPAYMENT:
        return words(self, "repayment", "分期归还");
    default:
        return words(self, "clearing", "清算款");
    }
}

/* What is still owed to the community and to those outside. */
typedef struct owed {
    bg_fen community, outside;
} owed;

static void write_event(const journal *self, const event *at, owed *still)
{
    const cash due = cash_of(at->unit);
    journal dated = *self;
    dated.month = at->month;
    switch (at->kind) {
    case PAID_OUTSIDE:
        still->outside -= due.outside;
        if (due.outside != 0) {
            write_payment(&dated, at->unit, words(self, "paid outside", "支付县外机构"), "outside",
                          due.outside, still->outside);
        }
        write_transfers(&dated, at->unit, &due);
        break;
    case SETTLED:
        still->community += due.prepaid + due.clearing;
        still->outside += due.outside;
        write_entitlement(&dated, at->unit, &due);
        break;
    default:
        still->community -= at->payment->amount;
        write_payment(&dated, at->unit, payment_words(self, at->payment->kind), "community",
                      at->payment->amount, still->community);
        break;
    }
}

/* Nothing is owed any more. */
static void write_end(const journal *self, const event *last)
{
    journal dated = *self;
    dated.month = last->month;
    write_head(&dated, last->unit, "12-31", 0, words(self, "all is paid", "收付完毕"));
    write_balanced_leg(&dated, last->unit, (ledger_account){"owed", "community"}, 0, 0);
    write_balanced_leg(&dated, last->unit, (ledger_account){"owed", "outside"}, 0, 0);
}

static bg_status write_calendar(const journal *self, size_t count, bg_errors *errors)
{
    event *events = calloc(count, EVENTS * sizeof *events);
    if (!events) {
        return bg_no_memory(errors);
    }
    for (size_t first = 0; first < count; first++) {
        if (unit_before(self, &self->units[first])) {
            continue;
        }
        owed still = {0, 0};
        const size_t found = find_events(self->units, count, first, events);
        for (size_t i = 0; i < found; i++) {
            write_event(self, &events[i], &still);
        }
        write_end(self, &events[found - 1]);
    }
    free(events);
    return BG_OK;
}

/* The last month in which any of them posts or pays. */
static int last_month(const bg_ledger_unit *units, size_t count)
{
    int last = 0;
    for (size_t i = 0; i < count; i++) {
        const bg_payments *payments = units[i].payments;
        last = payments && payments->settled > last ? payments->settled : last;
        for (size_t p = 0; payments && p < payments->count; p++) {
            last = payments->item[p].month > last ? payments->item[p].month : last;
        }
    }
    return last;
}

/* ---- balances ---- */

static bg_status balance_of(const journal *self, const bg_ledger_unit *unit, size_t index,
                            bg_fen *balance)
{
    *balance = 0;
    if (is_fund(unit->plan, index)) {
        *balance = unit->block->fund_closing[index - (size_t)bg_plan_fund_account(0)][0];
        return BG_OK;
    }
    bg_status status = BG_OK;
    for (const bg_ledger_unit *each = unit; each && status == BG_OK;
         each = unit_before(self, each)) {
        status = bg_money_add(*balance, each->block->account[index][0], balance);
    }
    return status;
}

static bg_status write_balances(const journal *self, const bg_ledger_unit *unit, bg_errors *errors)
{
    write_head(self, unit, "12-31", 0, words(self, "balances", "各账户余额"));
    for (size_t a = 0; a < bg_plan_account_count(unit->plan); a++) {
        bg_fen balance;
        if (balance_of(self, unit, a, &balance) != BG_OK) {
            return bg_errors_say(errors, BG_OVERFLOW, BG_NOWHERE, NULL,
                                 BG_SAY(account_balance_too_large), bg_plan_account(unit->plan, a),
                                 unit->scheme, unit->year);
        }
        write_balanced_leg(self, unit, account_of(unit->plan, (int)a), 0, balance);
    }
    return BG_OK;
}

/* ---- the journal ---- */

static void declare(const journal *self, const bg_ledger_unit *unit, ledger_account account)
{
    fputs("account ", self->stream);
    write_account(self, unit, account);
    fputc('\n', self->stream);
}

static void declare_accounts(const journal *self, const bg_ledger_unit *unit)
{
    static const ledger_account balances[] = {
        {"opening", NULL}, {"owed", "pool"},    {"owed", "community"}, {"owed", "outside"},
        {"cash", "pool"},  {"cash", "outside"}, {"cash", "community"}, {"cash", "patients"},
    };
    for (size_t a = 0; a < bg_plan_account_count(unit->plan); a++) {
        declare(self, unit, account_of(unit->plan, (int)a));
    }
    for (size_t i = 0; i < sizeof balances / sizeof *balances; i++) {
        declare(self, unit, balances[i]);
    }
}

static bg_status write_unit(const journal *self, const bg_ledger_unit *unit, bg_errors *errors)
{
    write_brought_in(self, unit);
    for (size_t i = 0; i < unit->trace->count; i++) {
        if (write_posting(self, unit, &unit->trace->items[i])) {
            return bg_no_memory(errors);
        }
    }
    if (!unit->payments) {
        const cash due = cash_of(unit);
        write_cash(self, unit, &due, words(self, "clearing", "年终清算"));
    }
    return write_balances(self, unit, errors);
}

/* ---- what is settled again ---- */

static bg_fen account_named(const bg_ledger_unit *unit, const char *name)
{
    const int index = bg_plan_account_index(unit->plan, name);
    return index < 0 ? 0 : unit->block->account[index][0];
}

/* By how much the accounts of `unit` go beyond those of `other`; only those that `other` lacks if so
 * asked. */
static void write_beyond(const journal *self, const bg_ledger_unit *unit,
                         const bg_ledger_unit *other, bool lacking, bg_fen sign)
{
    for (size_t a = 0; a < bg_plan_account_count(unit->plan); a++) {
        const char *name = bg_plan_account(unit->plan, a);
        const bg_fen beyond = unit->block->account[a][0] - account_named(other, name);
        if (beyond != 0 && (!lacking || bg_plan_account_index(other->plan, name) < 0)) {
            write_leg(self, unit, account_of(unit->plan, (int)a), sign * beyond);
        }
    }
}

/* Posts the second settlement of a unit at the end of the last year, less the first. */
static void write_restated(const journal *self, const journal *before, const bg_ledger_unit *second,
                           const bg_ledger_unit *first)
{
    for (size_t f = 0; f < second->plan->fund_count; f++) {
        const char *name = bg_plan_account(second->plan, (size_t)bg_plan_fund_account(f));
        const int account = bg_plan_account_index(first->plan, name);
        const bg_fen had =
            account < 0 ? 0
                        : brought_in(before, first, (size_t)(account - bg_plan_fund_account(0)));
        write_opening(self, second, "12-31", f, brought_in(self, second, f) - had);
    }
    write_head(self, second, "12-31", 0, words(self, "settled again", "重新清算"));
    write_beyond(self, second, first, false, 1);
    write_beyond(self, first, second, true, -1);
    const cash paid = cash_of(first), due = cash_of(second);
    const cash more = cash_beyond(&due, &paid);
    write_cash(self, second, &more, words(self, "additional clearing", "补充清算"));
}

/* Whether the unit is the last one of its scheme. */
static bool is_last(const bg_ledger_unit *units, size_t count, size_t unit)
{
    for (size_t i = unit + 1; i < count; i++) {
        if (strcmp(units[i].scheme, units[unit].scheme) == 0) {
            return false;
        }
    }
    return true;
}

static void declare_lacking(const journal *self, const bg_ledger_unit *unit,
                            const bg_ledger_unit *other)
{
    for (size_t a = 0; a < bg_plan_account_count(unit->plan); a++) {
        if (bg_plan_account_index(other->plan, bg_plan_account(unit->plan, a)) < 0) {
            declare(self, unit, account_of(unit->plan, (int)a));
        }
    }
}

bg_status bg_ledger_restate(const bg_ledger_unit *first, const bg_ledger_unit *second, size_t count,
                            const char *language, FILE *stream, bg_errors *errors)
{
    bg_status status = bg_ledger_write(first, count, language, stream, errors);
    const bool chinese = strcmp(language, "zh") == 0;
    const int year = count ? second[count - 1].year : 0;
    const journal before = {.stream = stream, .chinese = chinese, .units = first};
    const int first_end = last_month(first, count), second_end = last_month(second, count);
    const journal self = {.stream = stream,
                          .chinese = chinese,
                          .units = second,
                          .year = year,
                          .month = first_end > second_end ? first_end : second_end};
    for (size_t i = 0; i < count && status == BG_OK; i++) {
        if (!unit_before(&self, &second[i])) {
            declare_lacking(&self, &second[i], &first[i]);
        }
        write_restated(&self, &before, &second[i], &first[i]);
    }
    for (size_t i = 0; i < count && status == BG_OK; i++) {
        status = is_last(second, count, i) ? write_balances(&self, &second[i], errors) : BG_OK;
    }
    return status;
}

bg_status bg_ledger_write(const bg_ledger_unit *units, size_t count, const char *language,
                          FILE *stream, bg_errors *errors)
{
    const journal self = {.stream = stream, .chinese = strcmp(language, "zh") == 0, .units = units};
    fprintf(stream, "; %s\n\ncommodity 1000.00 CNY\n",
            words(&self, "Settlement by baogan; check with: hledger -f FILE check --strict",
                  "baogan 清算账；核对：hledger -f 文件 check --strict"));
    for (size_t i = 0; i < count; i++) {
        if (!unit_before(&self, &units[i])) {
            declare_accounts(&self, &units[i]);
        }
    }
    bg_status status = BG_OK;
    for (size_t i = 0; i < count && status == BG_OK; i++) {
        status = write_unit(&self, &units[i], errors);
    }
    if (status == BG_OK && count > 0 && units[0].payments) {
        status = write_calendar(&self, count, errors);
    }
    return status;
}
