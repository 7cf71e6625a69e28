import type { Config } from '../model'

const noLimits = { maxRunning: 0, maxInQueue: 0, maxWaitInQueueNs: 0n }

/** The plainest configuration that deploys a registry, with what a test is about in place of the plain. */
export const aConfig = (changes: Partial<Config> = {}): Config => ({
  uid: 'e5b0',
  managementState: 'Managed',
  replicas: 1,
  rolloutStrategy: 'RollingUpdate',
  registryLogLevel: 'info',
  storage: { _tag: 'EmptyDir' },
  storageManagement: 'Managed',
  claim: { size: '100Gi' },
  access: { anonymous: false, firstUser: true },
  exposure: { defaultHostname: '' },
  storageConsents: { recreate: '', confirmed: '', making: '' },
  httpSecret: { _tag: 'Generated' },
  proxy: { http: '', https: '', noProxy: '' },
  readOnly: false,
  disableRedirect: false,
  defaultRoute: false,
  routes: [],
  requests: { read: noLimits, write: noLimits },
  tls: { minVersion: '', cipherSuites: [] },
  overrides: { annotations: {} },
  operatorLogLevel: 'Normal',
  decisions: { finalizer: true, spec: {} },
  ...changes,
})
