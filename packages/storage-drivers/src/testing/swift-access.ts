import type { StoragePart, SwiftConnection } from '@image-registry-operator/render/model'

import type { StorageAccess } from '../storage-driver'

export type SwiftAccessGiven = {
  readonly connection: Partial<SwiftConnection>
  readonly form: StorageAccess['target']['credentials']['form']
  readonly values: StorageAccess['values']
  readonly part?: Partial<StoragePart>
}

const CONNECTION: SwiftConnection = {
  _tag: 'Swift',
  authUrl: '',
  authVersion: 0,
  domain: '',
  domainId: '',
  tenant: '',
  tenantId: '',
  region: '',
  cloud: '',
}

/** A container of ours: `c`, with the mark of a Config `uid`. */
const PART: StoragePart = {
  kind: 'container',
  name: 'c',
  marks: { 'imageregistry-config-uid': 'uid' },
  formerMarks: {},
  isGeneratedName: false,
  settings: [{ name: 'Tagged', wanted: { openshiftclusterid: 'infra', name: 'c' } }],
  holdsImages: true,
}

/** A way to a container, for tests. */
export const swiftAccess = ({
  connection,
  form,
  values,
  part,
}: SwiftAccessGiven): StorageAccess => ({
  target: {
    backend: 'Swift',
    place: `swift/${part?.name ?? PART.name}`,
    connection: { ...CONNECTION, ...connection },
    credentials: { form, values: {} },
    authorities: { pem: '', isOnly: false },
    proxy: { http: '', https: '', noProxy: '' },
    parts: [{ ...PART, ...part }],
  },
  values,
})
