/** What the exit codes of all commands mean. */
export const EXIT = {
  /** Done; for `plan` nothing to do, for `status` all is well. */
  ok: 0,
  /** It did not work: the input is wrong, or the cluster cannot be read. Standard error says why. */
  failed: 1,
  /** It worked, and the answer is no: `plan` would change something, `status` is not all well. */
  differs: 2,
  /** `render` printed what can be said, but objects are missing from it. Standard error names them. */
  incomplete: 3,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]
