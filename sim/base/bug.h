/* Faults of the program itself: what no input may bring about. */
#ifndef BAOGAN_BASE_BUG
#define BAOGAN_BASE_BUG

/* Says on standard error what is wrong, asks to report it, and aborts: a program that went on would
 * compute with garbage. The check before it stays on. */
_Noreturn void bg_bug(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
