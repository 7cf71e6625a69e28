import type { IO } from 'fp-ts/IO'
import pino from 'pino'

import { LOG_LINES, messageOf, type LogEvent, type LogLevel } from './log-event'

/** Writes one event, at once. */
export type Log = (event: LogEvent) => IO<void>

/** Where finished lines go. */
export type LogSink = { readonly write: (line: string) => void }

/** A log, and how much of it is written. */
export type Logger = {
  readonly log: Log
  /** From the next event on. */
  readonly setLevel: (level: LogLevel) => IO<void>
}

/** A logger of JSON lines with the keys time, level, msg and the fields of the event. */
export const jsonLogger = (level: LogLevel, sink: LogSink): Logger => {
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
  return {
    log: (event) => () => {
      const { _tag: tag, ...fields } = event
      logger[LOG_LINES[tag].level]({ event: tag, ...fields }, messageOf(event))
    },
    setLevel: (next) => () => {
      logger.level = next
    },
  }
}
