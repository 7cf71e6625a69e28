/**
 * What the first line of the program says to Node: there is room for one argument. In its lite mode V8 runs code as it is
 * read: it takes no notes on what runs often, and makes no faster code of it, nor loads what would.
 */
export declare const NODE_ARGUMENT = "--lite-mode";
/**
 * The image's environment, where the rest is said. Young objects get 1 MiB in place of 16, and are looked through more
 * often; one thread helps with that, in place of four; all threads share one heap of the C library, and what it has
 * needed to start does not stay with it.
 */
export declare const NODE_ENVIRONMENT: Readonly<Record<string, string>>;
