import { withDefault } from '../../../schema/modifiers'
import { choice } from '../../../schema/string'

/** How much is logged. */
export const logLevel = (description: string) =>
  withDefault(choice(description, ['', 'Normal', 'Debug', 'Trace', 'TraceAll']), 'Normal')
