import type { Condition } from '../model'
import type { Situation } from './situation'

/** Whether the registry is not to be. */
export const removed = ({ state }: Situation): Condition =>
  state === 'Removed'
    ? { type: 'Removed', status: 'True', reason: 'Removed', message: 'The registry is removed' }
    : { type: 'Removed', status: 'False', reason: '', message: '' }
