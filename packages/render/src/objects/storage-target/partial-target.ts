import type { StorageTarget } from '../../model'

/** What a backend says of its storage; whom to trust and which proxy to use is the same for all. */
export type PartialTarget = Pick<StorageTarget, 'backend' | 'connection' | 'credentials' | 'parts'>
