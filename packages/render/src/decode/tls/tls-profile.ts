import { names, type TlsSettings } from '../../model'

import { ianaNames } from './cipher-suites'
import type { ForeignReadings } from '../readings'
import { TLS_VERSIONS } from './tls-versions'

const MODERN: TlsSettings = {
  minVersion: 'VersionTLS13',
  cipherSuites: ianaNames([
    'TLS_AES_128_GCM_SHA256',
    'TLS_AES_256_GCM_SHA384',
    'TLS_CHACHA20_POLY1305_SHA256',
  ]),
}

const INTERMEDIATE: TlsSettings = {
  minVersion: 'VersionTLS12',
  cipherSuites: [
    ...MODERN.cipherSuites,
    ...ianaNames([
      'ECDHE-ECDSA-AES128-GCM-SHA256',
      'ECDHE-RSA-AES128-GCM-SHA256',
      'ECDHE-ECDSA-AES256-GCM-SHA384',
      'ECDHE-RSA-AES256-GCM-SHA384',
      'ECDHE-ECDSA-CHACHA20-POLY1305',
      'ECDHE-RSA-CHACHA20-POLY1305',
    ]),
  ],
}

const OLD: TlsSettings = {
  minVersion: 'VersionTLS10',
  cipherSuites: [
    ...INTERMEDIATE.cipherSuites,
    ...ianaNames([
      'ECDHE-ECDSA-AES128-SHA256',
      'ECDHE-RSA-AES128-SHA256',
      'ECDHE-ECDSA-AES128-SHA',
      'ECDHE-RSA-AES128-SHA',
      'ECDHE-ECDSA-AES256-SHA',
      'ECDHE-RSA-AES256-SHA',
      'AES128-GCM-SHA256',
      'AES256-GCM-SHA384',
      'AES128-SHA256',
      'AES128-SHA',
      'AES256-SHA',
      'DES-CBC3-SHA',
    ]),
  ],
}

type Profile = NonNullable<
  NonNullable<ForeignReadings['apiServers'][number]['read']['spec']>['tlsSecurityProfile']
>

// The API server of the cluster lets only known versions pass. A registry that cannot start helps nobody.
const knownVersion = (version: string): string =>
  version === '' || TLS_VERSIONS.includes(version) ? version : INTERMEDIATE.minVersion

const settings = ({ type, custom }: Profile): TlsSettings => {
  if (type === 'Modern') return MODERN
  if (type === 'Old') return OLD
  if (type !== 'Custom' || custom === undefined) return INTERMEDIATE
  const { minTLSVersion = '', ciphers = [] } = custom
  return { minVersion: knownVersion(minTLSVersion), cipherSuites: ianaNames(ciphers) }
}

/** What the cluster asks of TLS servers; undefined where it does not have that choice. Who asks for nothing gets Intermediate. */
export const tlsProfile = (
  { apiServers }: Pick<ForeignReadings, 'apiServers'>,
  platform: 'OpenShift' | 'Kubernetes',
): TlsSettings | undefined => {
  if (platform === 'Kubernetes') return undefined
  const found = apiServers.find(({ object }) => object.metadata.name === names.SINGLETON_NAME)
  return settings(found?.read.spec?.tlsSecurityProfile ?? {})
}
