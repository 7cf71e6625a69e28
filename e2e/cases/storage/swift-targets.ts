import type { StorageTarget, SwiftConnection } from '@image-registry-operator/render/model'
import type { ContractServer } from '@image-registry-operator/storage-drivers/testing'

type Access = Awaited<ReturnType<ContractServer['unused']>>

/** How a test gets into Swift. */
export type Way = Readonly<{
  connection: Partial<SwiftConnection>
  form: StorageTarget['credentials']['form']
  values: Readonly<Record<string, string>>
  network?: Readonly<{ proxyUrl: string; authorities: string }>
}>

const said: SwiftConnection = {
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

let made = 0

/** A container that nobody has made: another one with each call. */
export const unusedContainer = ({ connection, form, values, network }: Way): Access => {
  made += 1
  const name = `container-${made} of a test?`
  const proxy = network?.proxyUrl ?? ''
  return {
    target: {
      backend: 'Swift',
      place: `swift/${name}`,
      connection: { ...said, ...connection },
      credentials: { form, values: {} },
      authorities: { pem: network?.authorities ?? '', isOnly: false },
      proxy: { http: proxy, https: proxy, noProxy: '' },
      parts: [
        {
          kind: 'container',
          name,
          marks: { 'imageregistry-config-uid': `uid-${made}` },
          formerMarks: {},
          isGeneratedName: false,
          settings: [{ name: 'Tagged', wanted: { openshiftclusterid: 'infra-x', name } }],
          holdsImages: true,
        },
      ],
    },
    values,
  }
}
