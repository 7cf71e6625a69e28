import { type CredentialReading, names, renewalMs } from '../model'
import type { Trouble } from './part-trouble'
import type { Situation } from './situation'

/** So long before a certificate expires somebody is called: ours is renewed earlier. */
const WARNING_MS = 14 * 24 * 3_600_000

/** Times are whole seconds: one more is surely later than the threshold. */
const ONE_SECOND_MS = 1_000

const SECRET = `Secret ${names.REGISTRY_NAMESPACE}/${names.SERVING_CERTIFICATE_SECRET}`

const HOST = `${names.REGISTRY_NAME}.${names.REGISTRY_NAMESPACE}.svc`

const readingOf = (
  { contents }: Situation['facts'],
  secret: string,
): CredentialReading | undefined =>
  contents.find(
    ({ kind, namespace, name }) =>
      kind === 'Secret' && namespace === names.REGISTRY_NAMESPACE && name === secret,
  )?.readings?.['tls.crt']

/**
 * What is wrong with the registry's certificate on plain Kubernetes, whoever has made it, and when something else is to be said
 * or done about it.
 */
export const servingCertificate = (given: Situation): Trouble => {
  if (given.facts.platform === 'OpenShift' || given.state !== 'Managed') return { text: '' }
  const reading = readingOf(given.facts, names.SERVING_CERTIFICATE_SECRET)
  const waits = [...renewals(given.facts), ...(reading === undefined ? [] : warnings(reading))]
    .map((ms) => ms - Date.parse(given.now))
    .filter((ms) => ms > 0)
  return {
    text: reading === undefined ? '' : troubles(reading, given.now).join(' | '),
    ...(waits.length === 0 ? {} : { waitMs: Math.min(...waits) + ONE_SECOND_MS }),
  }
}

/** When what we issue is to be renewed. */
const renewals = (facts: Situation['facts']): ReadonlyArray<number> => {
  const { serving, signer } = facts.certificates
  return [
    ...(serving?.ours === true ? [names.SERVING_CERTIFICATE_SECRET] : []),
    ...(signer?.ours === true ? [names.SIGNER_SECRET] : []),
  ].flatMap((secret) => {
    const reading = readingOf(facts, secret)
    return reading?._tag === 'Certificate' ? [renewalMs(reading)] : []
  })
}

const warnings = (reading: CredentialReading): ReadonlyArray<number> =>
  reading._tag === 'Certificate' ? thresholds(reading) : []

const troubles = (reading: CredentialReading, now: string): ReadonlyArray<string> => {
  if (reading._tag === 'Unreadable') return [`${SECRET}: tls.crt ${reading.problem}; correct it`]
  return reading._tag === 'Certificate'
    ? [...flaws(reading), ...expiry(reading, Date.parse(now))]
    : []
}

type Certificate = Extract<CredentialReading, { readonly _tag: 'Certificate' }>

const flaws = ({ fits, names: hosts }: Certificate): ReadonlyArray<string> => [
  ...(fits
    ? []
    : [
        `${SECRET}: tls.key is not the key of the certificate in tls.crt; put both of one issue there`,
      ]),
  ...(hosts.some((host) => covers(host.toLowerCase()))
    ? []
    : [
        `${SECRET}: the certificate in tls.crt is not for ${HOST}, so that clients in the cluster refuse it; put one there that is`,
      ]),
]

/** A star stands for one label. */
const covers = (host: string): boolean =>
  host === HOST || (host.startsWith('*.') && host.slice(1) === HOST.slice(HOST.indexOf('.')))

/** The length of a date: messages hold no times. */
const DATE = '2026-01-01'.length

/** When it is warned of, and when it has expired. */
const thresholds = ({ notAfter }: Certificate): readonly [number, number] => [
  Date.parse(notAfter) - WARNING_MS,
  Date.parse(notAfter),
]

const expiry = (certificate: Certificate, nowMs: number): ReadonlyArray<string> => {
  const [warningMs, endMs] = thresholds(certificate)
  return nowMs < warningMs
    ? []
    : [
        `${SECRET}: the certificate in tls.crt ${nowMs < endMs ? 'expires' : 'expired'} on ${certificate.notAfter.slice(0, DATE)}; renew it, or have whoever made it do so`,
      ]
}
