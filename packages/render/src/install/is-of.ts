import type { WrittenKind } from '../model'
import type { InstallOptions } from './install-options'

/** Whether the operator has anything to do with that kind of object in such a cluster. */
export const isOf =
  (platform: InstallOptions['platform']) =>
  ({ unlessServed, ifServed }: Pick<WrittenKind, 'unlessServed' | 'ifServed'>): boolean =>
    (platform === 'OpenShift' ? unlessServed : ifServed) === undefined
