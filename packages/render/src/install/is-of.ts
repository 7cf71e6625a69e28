import type { InstallOptions } from './install-options'

/** Whether such a cluster has that kind of object, and the operator anything to do with it. */
export const isOf =
  (platform: InstallOptions['platform']) =>
  ({ unlessServed }: { readonly unlessServed?: object }): boolean =>
    platform === 'Kubernetes' || unlessServed === undefined
