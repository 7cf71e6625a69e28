import { type CertificateSecret, type CredentialReading, renewalMs } from '../../model'

/** Whether it is time to renew a certificate. Where nobody says what time it is, nothing is renewed. */
const isDue = (reading: CredentialReading | undefined, now: string | undefined): boolean =>
  reading?._tag === 'Certificate' && now !== undefined && Date.parse(now) >= renewalMs(reading)

/** Which one in a row the certificate of a Secret has to be: the one that is there, or the next. */
export const wantedIssue = (
  live: CertificateSecret | undefined,
  reading: CredentialReading | undefined,
  now: string | undefined,
): number => {
  const issued = live?.ours === true ? live.issue : 0
  return issued === 0 ? 1 : issued + (isDue(reading, now) ? 1 : 0)
}
