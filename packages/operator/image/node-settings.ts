// Node is made for programs that use a whole machine all the time. An operator works for a second after a change, and then waits for the next.
// What is said here gives up speed that it has no use for, for memory that a cluster pays for all day: docs/performance.md has what each is worth.

/**
 * What the first line of the program says to Node: there is room for one argument. In its lite mode V8 runs code as it is
 * read: it takes no notes on what runs often, and makes no faster code of it, nor loads what would.
 */
export const NODE_ARGUMENT = '--lite-mode'

/**
 * Whatever a library may hold, this Node starts no program, no thread and no debugger, and loads no native code. What may be
 * written is left to the kernel: the root of the pods is read-only, and only the folders mounted for it are not.
 */
const PERMISSIONS = '--permission --allow-fs-read=* --allow-fs-write=*'

/** From this many bytes on, the C library gives back what is freed; the parser of a large program asks for 32 KiB at a time. */
const GIVEN_BACK = '32768'

/**
 * The image's environment, where the rest is said. Young objects get 1 MiB in place of 16, and are looked through more
 * often; one thread helps with that, in place of four; all threads share one heap of the C library, and what it has
 * needed to start does not stay with it.
 */
export const NODE_ENVIRONMENT: Readonly<Record<string, string>> = {
  NODE_OPTIONS: `--max-semi-space-size=1 --v8-pool-size=1 ${PERMISSIONS}`,
  MALLOC_ARENA_MAX: '1',
  MALLOC_MMAP_THRESHOLD_: GIVEN_BACK,
  MALLOC_TRIM_THRESHOLD_: GIVEN_BACK,
}
