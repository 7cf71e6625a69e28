import type { IO } from 'fp-ts/IO'
import pino from 'pino'

import { LOG_LINES, type LogEvent, type LogLevel } from './log-event'

/** Writes one event, at once. */
export type Log = (event: LogEvent) => IO<void>

/** Where finished lines go. */
export type LogSink = { readonly write: (line: string) => void }

/** A logger of JSON lines with the keys time, level, msg and the fields of the event. */
export const jsonLog = (level: LogLevel, sink: LogSink): Log => {
  const logger = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      // The closed union of events holds no secrets; this is the second line of defence.
      redact: ['*.token', '*.authorization', '*.httpSecret', '*.data', '*.stringData'],
    },
    sink,
  )
  return (event) => () => {
    const { _tag: tag, ...fields } = event
    const line = LOG_LINES[tag]
    logger[line.level]({ event: tag, ...fields }, line.message)
  }
}
