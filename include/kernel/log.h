/* SPDX-License-Identifier: MIT */
/*
 * The kernel's log: one line a call, "module: text". The newline is added here.
 *
 * A line has a level (kernel/log_level.h). Levels above LOG_LEVEL_MAX are not
 * built in: neither text nor call is in the image, and arguments are not
 * computed.
 *
 * With the option LOG_RING lines are kept in memory, with the time, and shown
 * on the console as far as their level is wanted. They may then come from
 * anywhere, interrupt handlers too: what a handler says is kept at once, and
 * shown by the thread when it next logs, prompts or idles, or by a panic.
 * Without the option lines go to the console, in the thread alone, and the
 * same rules of context hold as for the console.
 */
#ifndef KERNEL_LOG_H
#define KERNEL_LOG_H

#include <kernel/compiler.h>
#include <kernel/log_level.h>
#include <kernel/set.h>
#include <kernel/types.h>

/* A step that went as it should. */
void log_info(const char *format, ...) __printf(1, 2);

/* Something is missing or wrong and the kernel goes on without it: the line
 * begins with "warning: ". */
void log_warn(const char *format, ...) __printf(1, 2);

/*
 * log_error(): something that was asked for is not to be had; the line begins
 * with "error: ". log_debug(): what only matters to who looks for a fault,
 * "debug: "; not shown unless that is asked for.
 */
#ifdef CONFIG_LOG_RING
void log_write(enum log_level level, const char *format, ...) __printf(2, 3);
#define log_error(...) log_write(LOG_ERROR, __VA_ARGS__)
#define log_debug(...) log_write(LOG_DEBUG, __VA_ARGS__)
#else
#define log_error(...) (log_info)("error: " __VA_ARGS__)
#define log_debug(...) (log_info)("debug: " __VA_ARGS__)
#endif

/* What stands for a line that is not built in: it is only looked at. */
static inline void __printf(1, 2) log_nothing(const char *format, ...)
{
	(void)format;
}

#define LOG_NOTHING_(...)                         \
	do {                                      \
		if (0)                            \
			log_nothing(__VA_ARGS__); \
	} while (0)

/* Programs of the host read no options: they have all lines. */
#ifdef CONFIG_LOG_LEVEL_MAX
#if CONFIG_LOG_LEVEL_MAX < 4
#undef log_debug
#define log_debug(...) LOG_NOTHING_(__VA_ARGS__)
#endif
#if CONFIG_LOG_LEVEL_MAX < 3
#define log_info(...) LOG_NOTHING_(__VA_ARGS__)
#endif
#if CONFIG_LOG_LEVEL_MAX < 2
#define log_warn(...) LOG_NOTHING_(__VA_ARGS__)
#endif
#endif

/*
 * Whoever may have a line on the console half written, such as a prompt. A
 * member: open() begins a new line there if need be, before lines of the log
 * are shown; close() says anew what was half written. The panic calls the
 * first alone.
 */
struct log_place {
	void (*open)(void);
	void (*close)(void);
};

SET_DECLARE(log_places, const struct log_place);

/* Option LOG_PLACES, selected by who opens them. In the thread. */
void log_places_open(void);
void log_places_close(void);

/*
 * log_warn() for idle work, which may find a prompt and words half typed: on a
 * line of its own, and then these again. LOG_RING does so with all lines.
 */
#if defined(CONFIG_LOG_RING) || defined(log_warn)
#define log_warn_idle(...) log_warn(__VA_ARGS__)
#else
#define log_warn_idle(...)             \
	do {                           \
		log_places_open();     \
		log_warn(__VA_ARGS__); \
		log_places_close();    \
	} while (0)
#endif

/* Registers a static const struct log_place. */
#define LOG_PLACE(place) SET_ADD(log_places, place)

#ifdef CONFIG_LOG_RING
/* Show what was not shown yet. In the thread. */
void log_show(void);

/*
 * A report that ends the kernel begins: from now on lines are shown at once,
 * whoever says them. Before the console is taken over, so that what was not
 * shown yet comes before the report; where the console was interrupted,
 * log_show() is to show it once the console was taken over.
 */
void log_panic(void);
#else
static inline void log_show(void)
{
}

static inline void log_panic(void)
{
}
#endif

#endif
