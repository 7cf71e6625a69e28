const suites = (keyExchange: string, ...ciphers: ReadonlyArray<string>): ReadonlyArray<string> =>
  ciphers.map((cipher) => `TLS_${keyExchange}_WITH_${cipher}`)

const CBC_AND_GCM = [
  'AES_128_GCM_SHA256',
  'AES_256_GCM_SHA384',
  'AES_128_CBC_SHA256',
  'AES_128_CBC_SHA',
  'AES_256_CBC_SHA',
]
const ELLIPTIC = [...CBC_AND_GCM, 'CHACHA20_POLY1305_SHA256', 'CHACHA20_POLY1305', 'RC4_128_SHA']

/** The suites of TLS 1.3, which leaves no choice of key exchange. */
const TLS_13 = [
  'TLS_AES_128_GCM_SHA256',
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
] as const

/** IANA names of the cipher suites that the registry's TLS library knows. */
export const CIPHER_SUITES: ReadonlySet<string> = new Set([
  ...TLS_13,
  ...suites('ECDHE_ECDSA', ...ELLIPTIC),
  ...suites('ECDHE_RSA', ...ELLIPTIC, '3DES_EDE_CBC_SHA'),
  ...suites('RSA', ...CBC_AND_GCM, '3DES_EDE_CBC_SHA', 'RC4_128_SHA'),
])

/** The names that OpenSSL, and so OpenShift's TLS profiles, have for cipher suites, and those of IANA. */
const IANA_NAMES: { readonly [openSslName: string]: string } = {
  ...Object.fromEntries(TLS_13.map((name) => [name, name])),
  'ECDHE-ECDSA-AES128-GCM-SHA256': 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256': 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384': 'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384': 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305': 'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256',
  'ECDHE-RSA-CHACHA20-POLY1305': 'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256',
  'ECDHE-ECDSA-AES128-SHA256': 'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256',
  'ECDHE-RSA-AES128-SHA256': 'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256',
  'ECDHE-ECDSA-AES128-SHA': 'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA',
  'ECDHE-RSA-AES128-SHA': 'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA',
  'ECDHE-ECDSA-AES256-SHA': 'TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA',
  'ECDHE-RSA-AES256-SHA': 'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA',
  'AES128-GCM-SHA256': 'TLS_RSA_WITH_AES_128_GCM_SHA256',
  'AES256-GCM-SHA384': 'TLS_RSA_WITH_AES_256_GCM_SHA384',
  'AES128-SHA256': 'TLS_RSA_WITH_AES_128_CBC_SHA256',
  'AES128-SHA': 'TLS_RSA_WITH_AES_128_CBC_SHA',
  'AES256-SHA': 'TLS_RSA_WITH_AES_256_CBC_SHA',
  'DES-CBC3-SHA': 'TLS_RSA_WITH_3DES_EDE_CBC_SHA',
  'ECDHE-RSA-DES-CBC3-SHA': 'TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA',
}

/** The IANA names of cipher suites in OpenSSL's words. Those that the registry's TLS library does not know are left out. */
export const ianaNames = (openSslNames: ReadonlyArray<string>): ReadonlyArray<string> =>
  openSslNames.flatMap((name) => (Object.hasOwn(IANA_NAMES, name) ? (IANA_NAMES[name] ?? []) : []))
