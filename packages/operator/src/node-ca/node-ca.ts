import * as E from 'fp-ts/Either'
import type { IO } from 'fp-ts/IO'
import type { Task } from 'fp-ts/Task'

import type { Log } from '../telemetry/logger'
import type { FileProblem, NodeFiles } from '../node-folders/node-files'
import { type SyncFolders, syncNode, type SyncReport } from './sync-node'

export type NodeCaDeps = {
  readonly files: NodeFiles
  readonly log: Log
  /** Calls back once, unless the returned effect is run before. */
  readonly after: (ms: number, callback: IO<void>) => IO<void>
}

export type NodeCaSettings = SyncFolders & { readonly intervalMs: number }

/** Keeps the node's certificates up to date, from now on. The task ends it, once what is under way is done. */
export const startNodeCa =
  (deps: NodeCaDeps) =>
  (settings: NodeCaSettings): Task<void> => {
    const sync = syncNode(deps.files)(settings)
    let isStopped = false
    let cancel: IO<void> = () => undefined
    let told = ''
    const round = async (): Promise<void> => {
      told = tell(deps.log, told)(await sync())
      if (!isStopped) cancel = deps.after(settings.intervalMs, () => void (current = round()))
    }
    let current = round()
    return async () => {
      isStopped = true
      cancel()
      await current
    }
  }

/** Logs what was done; nothing when it is what was told before, and nothing was done. */
const tell =
  (log: Log, toldBefore: string) =>
  (report: E.Either<FileProblem, SyncReport>): string => {
    if (E.isLeft(report)) {
      const { path, text } = report.left
      log({ _tag: 'NodeCaFailed', error: `syncing certs: ${path}: ${text}` })()
      return ''
    }
    const { copied, skipped, trimmed, problems } = report.right
    problems.forEach(({ path, text }) => log({ _tag: 'NodeCaProblem', path, error: text })())
    const counts = `copied: ${digits(copied)} skipped: ${digits(skipped)} trimmed: ${digits(trimmed)}`
    if (copied + trimmed > 0 || counts !== toldBefore) log({ _tag: 'NodeCaSynced', counts })()
    return counts
  }

const digits = (count: number): string => String(count).padStart(3, '0')
