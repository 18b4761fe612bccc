#include "store/digest.h"

void bg_digest(const void *data, size_t size, char text[BG_DIGEST_TEXT])
{
    SHA2_CTX context;
    SHA256Init(&context);
    SHA256Update(&context, data, size);
    SHA256End(&context, text);
}
