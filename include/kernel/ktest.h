/* SPDX-License-Identifier: MIT */
/*
 * Tests beside the code that they test: lib/ring_test.c is the suite of
 * lib/ring.c. A suite is an array of cases, registered by its file's last
 * line:
 *
 *	static void ring_keeps_order(struct ktest *test)
 *	{
 *		...
 *		KTEST_EXPECT_EQ(test, byte, 'a');
 *	}
 *	static const struct ktest_case ring_cases[] = {
 *		KTEST_CASE(ring_keeps_order),
 *	};
 *	KTEST_SUITE(ring, ring_cases);
 *
 * The suites are in a kernel with the option KTEST; the same files of PURE
 * modules run on the host under sanitizers, too (make hosttests), where
 * KTEST_HOST is defined. Results are KTAP on the console.
 *
 * KTEST_EXPECT_... notes a failure and goes on; KTEST_ASSERT_... leaves the
 * function in which it stands as well, which is to be the case.
 */
#ifndef KERNEL_KTEST_H
#define KERNEL_KTEST_H

#include <arch/fault.h>
#include <kernel/compiler.h>
#include <kernel/errno.h>
#include <kernel/set.h>
#include <kernel/types.h>
#include <kernel/util.h>

/* The case that runs. Its members are ktest.c's. */
struct ktest {
	const char *name;
	unsigned int depth; /* of its lines, in the nest of suites */
	unsigned int failures;
	const char *skip_reason; /* NULL where it was not skipped */
	uint32_t random;
};

struct ktest_case {
	const char *name;
	void (*run)(struct ktest *test);
	const char *xfail_reason; /* NULL where it is to pass */
};

struct ktest_suite {
	const char *name;
	const char *parent; /* the group that it is shown in, NULL for none */
	const struct ktest_case *cases;
	size_t count;
	/* Before and after each case, where they are not NULL. The case does
	 * not run where setup has failed or skipped it; teardown runs. */
	void (*setup)(struct ktest *test);
	void (*teardown)(struct ktest *test);
};

SET_DECLARE(ktest_suites, const struct ktest_suite);

#define KTEST_CASE(function)                         \
	{                                            \
		.name = #function, .run = (function) \
	}

/* A case that is known to fail, and why. It counts as a failure that it
 * passes: then it is to become a KTEST_CASE. */
#define KTEST_CASE_XFAIL(function, reason)                                     \
	{                                                                      \
		.name = #function, .run = (function), .xfail_reason = (reason) \
	}

/* Not static: two suites of a name do not link. */
#define KTEST_SUITE(id, cases_) KTEST_SUITE_WITH(id, cases_, .parent = NULL)

/* KTEST_SUITE_WITH(id, cases, .parent = "video", .setup = prepare); */
#define KTEST_SUITE_WITH(id, cases_, ...)                                  \
	const struct ktest_suite ktest_suite_##id = { .name = #id,         \
						      .cases = (cases_),   \
						      .count = ARRAY_SIZE( \
							      cases_),     \
						      __VA_ARGS__ };       \
	SET_ADD(ktest_suites, ktest_suite_##id)

/*
 * Run the suites and groups named @only, a list with commas between, all where
 * it is NULL, and print KTAP. The random numbers begin at @seed, or at the time
 * where it is 0; the seed is printed. Returns how many cases failed; with a
 * sentence to the user, -ENOENT where a name is that of none, -EINVAL where a
 * suite without a group has the name of a group, or where there is no suite.
 * Not for interrupt handlers.
 */
int ktest_run(const char *only, uint32_t seed);

/* A random number: the same ones for the same seed and name of the case. */
uint32_t ktest_random(struct ktest *test);

/* ---- Checks ------------------------------------------------------------- */

/* Where a check stands, and its words. */
struct ktest_place {
	const char *file;
	int line;
	const char *text;
};

#define KTEST_PLACE(text) \
	(&(const struct ktest_place){ __FILE__, __LINE__, text })

enum ktest_relation {
	KTEST_EQ,
	KTEST_NE,
	KTEST_LT,
	KTEST_LE,
	KTEST_GT,
	KTEST_GE,
};

/* An integer of any type: -1 and UINT64_MAX are two things. */
struct ktest_value {
	uint64_t bits;
	bool is_negative;
};

static inline struct ktest_value ktest_value(uint64_t bits, bool is_signed)
{
	return (struct ktest_value){ bits, is_signed && (int64_t)bits < 0 };
}

#define KTEST_VALUE(value)                                                 \
	__extension__({                                                    \
		__auto_type value_ = (value);                              \
		ktest_value((uint64_t)value_, (__typeof__(value_))-1 < 1); \
	})

/* Each returns whether the check held; else it has said so. */
bool ktest_expect(struct ktest *test, const struct ktest_place *place,
		  bool held);
bool ktest_expect_relation(struct ktest *test, const struct ktest_place *place,
			   struct ktest_value left,
			   enum ktest_relation relation,
			   struct ktest_value right);
bool ktest_expect_text(struct ktest *test, const struct ktest_place *place,
		       const char *left, const char *right);
bool ktest_expect_memory(struct ktest *test, const struct ktest_place *place,
			 const void *left, const void *right, size_t size);
bool ktest_expect_fault(struct ktest *test, const struct ktest_place *place,
			int wanted, int caught);
void ktest_fail(struct ktest *test, const char *file, int line,
		const char *format, ...) __printf(4, 5);
void ktest_skip(struct ktest *test, const char *reason);

#define KTEST_ASSERT_(held)     \
	do {                    \
		if (!(held))    \
			return; \
	} while (0)

/* Each macro makes text of its arguments by itself: handed on, they would be
 * expanded first. */
#define KTEST_RELATION_(test, text, left, relation, right)                  \
	ktest_expect_relation((test), KTEST_PLACE(text), KTEST_VALUE(left), \
			      relation, KTEST_VALUE(right))
#define KTEST_TEXT_(test, text, left, right) \
	ktest_expect_text((test), KTEST_PLACE(text), left, right)
#define KTEST_MEMORY_(test, text, left, right, size) \
	ktest_expect_memory((test), KTEST_PLACE(text), left, right, size)

#define KTEST_EXPECT(test, condition) \
	ktest_expect((test), KTEST_PLACE(#condition), (condition))
#define KTEST_EXPECT_EQ(test, left, right) \
	KTEST_RELATION_(test, #left " == " #right, left, KTEST_EQ, right)
#define KTEST_EXPECT_NE(test, left, right) \
	KTEST_RELATION_(test, #left " != " #right, left, KTEST_NE, right)
#define KTEST_EXPECT_LT(test, left, right) \
	KTEST_RELATION_(test, #left " < " #right, left, KTEST_LT, right)
#define KTEST_EXPECT_LE(test, left, right) \
	KTEST_RELATION_(test, #left " <= " #right, left, KTEST_LE, right)
#define KTEST_EXPECT_GT(test, left, right) \
	KTEST_RELATION_(test, #left " > " #right, left, KTEST_GT, right)
#define KTEST_EXPECT_GE(test, left, right) \
	KTEST_RELATION_(test, #left " >= " #right, left, KTEST_GE, right)
#define KTEST_EXPECT_STREQ(test, left, right) \
	KTEST_TEXT_(test, #left " is " #right, left, right)
#define KTEST_EXPECT_MEMEQ(test, left, right, size) \
	KTEST_MEMORY_(test, #left " has " #right, left, right, size)

#define KTEST_ASSERT(test, condition) \
	KTEST_ASSERT_(                \
		ktest_expect((test), KTEST_PLACE(#condition), (condition)))
#define KTEST_ASSERT_EQ(test, left, right)                             \
	KTEST_ASSERT_(KTEST_RELATION_(test, #left " == " #right, left, \
				      KTEST_EQ, right))
#define KTEST_ASSERT_NE(test, left, right)                             \
	KTEST_ASSERT_(KTEST_RELATION_(test, #left " != " #right, left, \
				      KTEST_NE, right))
#define KTEST_ASSERT_LT(test, left, right)                            \
	KTEST_ASSERT_(KTEST_RELATION_(test, #left " < " #right, left, \
				      KTEST_LT, right))
#define KTEST_ASSERT_LE(test, left, right)                             \
	KTEST_ASSERT_(KTEST_RELATION_(test, #left " <= " #right, left, \
				      KTEST_LE, right))
#define KTEST_ASSERT_GT(test, left, right)                            \
	KTEST_ASSERT_(KTEST_RELATION_(test, #left " > " #right, left, \
				      KTEST_GT, right))
#define KTEST_ASSERT_GE(test, left, right)                             \
	KTEST_ASSERT_(KTEST_RELATION_(test, #left " >= " #right, left, \
				      KTEST_GE, right))
#define KTEST_ASSERT_STREQ(test, left, right) \
	KTEST_ASSERT_(KTEST_TEXT_(test, #left " is " #right, left, right))
#define KTEST_ASSERT_MEMEQ(test, left, right, size) \
	KTEST_ASSERT_(                              \
		KTEST_MEMORY_(test, #left " has " #right, left, right, size))

/* Fail with a text of one's own (formats: lib/printf.h), and go on. */
#define KTEST_FAIL(test, ...) \
	ktest_fail((test), __FILE__, __LINE__, __VA_ARGS__)

/* The case cannot be had here: leave it. It counts as skipped. */
#define KTEST_SKIP(test, reason)              \
	do {                                  \
		ktest_skip((test), (reason)); \
		return;                       \
	} while (0)

/*
 * @statement must raise the exception @vector; it is left at that point, and
 * what it changed before, stays. It must not leave the case by itself. In a
 * loop, give it a function of its own: gcc warns of locals that change. On the
 * host there are no exceptions to be had: there the case is skipped.
 */
#ifdef KTEST_HOST
#define KTEST_EXPECT_FAULT(test, vector, statement) \
	KTEST_SKIP(test, "needs the kernel's exceptions")
#else
#define KTEST_EXPECT_FAULT(test, vector, statement)                           \
	do {                                                                  \
		struct fault_guard guard_;                                    \
                                                                              \
		if (!fault_guard_save(&guard_)) {                             \
			fault_guard_set(&guard_);                             \
			statement;                                            \
		}                                                             \
		ktest_expect_fault((test), KTEST_PLACE(#statement), (vector), \
				   fault_guard_clear(&guard_));               \
	} while (0)
#endif

/* @statement must panic. What it leaves behind half done is the case's. */
#define KTEST_EXPECT_PANIC(test, statement) \
	KTEST_EXPECT_FAULT(test, FAULT_PANIC, statement)

#endif
