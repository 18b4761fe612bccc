/* SHA-256 in pieces, as text. */
#ifndef BAOGAN_STORE_DIGEST
#define BAOGAN_STORE_DIGEST

#include <sha2.h>
#include <stddef.h>
#include <sys/types.h>

#define BG_DIGEST_TEXT SHA256_DIGEST_STRING_LENGTH /* 64 digits and the final zero byte */

/* Digest of one piece of memory. */
void bg_digest(const void *data, size_t size, char text[BG_DIGEST_TEXT]);

#endif
