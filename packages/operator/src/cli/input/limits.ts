/** How much of an input is read. */
export type Limits = {
  readonly bytes: number
  readonly files: number
  readonly depth: number
  readonly yamlTokens: number
  readonly jsonValues: number
  readonly aliases: number
  readonly problems: number
}

/** What the manifests of one input may come to; whatever goes beyond it is refused before it is held in memory. */
export const LIMITS: Limits = {
  /** Bytes of a file, and of all files of a folder together; a snapshot of a cluster takes a few MiB. */
  bytes: 64 * 1024 * 1024,
  /** Files below a folder. */
  files: 10_000,
  /** Lists and objects in one another: those of Kubernetes are less than 50 deep. */
  depth: 200,
  /** Words, signs, spaces and line ends of YAML, each of which takes up to 400 bytes of memory: about 250,000 lines. */
  yamlTokens: 2_000_000,
  /** Values in JSON, which take much less. */
  jsonValues: 2_000_000,
  /** Aliases of one document, and nodes that come from one of them: manifests repeat few, bombs billions. */
  aliases: 100,
  /** Problems, and warnings, that are told one by one; whoever has more has given the wrong file. */
  problems: 100,
}
