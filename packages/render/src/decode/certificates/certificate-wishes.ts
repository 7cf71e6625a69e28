import { type CertificateIssuer, type KubeObject, names, type Problem } from '../../model'
import { showValue } from '../../schema/show-value'

import { annotationProblem, saidWith } from '../annotations'
import type { Asked } from '../asked'
import { isDnsName } from '../exposure/dns-name'

const KINDS = ['Issuer', 'ClusterIssuer'] as const

const said = (subject: KubeObject): string => saidWith(subject, names.CERTIFICATE_ISSUER_ANNOTATION)

/** Which of cert-manager's issuers people want to sign the registry's certificate; undefined: ours, or what is said is none. */
export const certificateIssuer = (subject: KubeObject): CertificateIssuer | undefined => {
  const [word, name = '', ...rest] = said(subject).split('/')
  const kind = KINDS.find((one) => one === word)
  return kind === undefined || rest.length > 0 || !isDnsName(name) ? undefined : { kind, name }
}

/** What is wrong with the annotation, where it counts. */
export const certificateProblems = ({
  subject,
  facts,
}: Pick<Asked, 'subject' | 'facts'>): ReadonlyArray<Problem> =>
  facts.platform === 'OpenShift' || said(subject) === '' || certificateIssuer(subject) !== undefined
    ? []
    : [
        annotationProblem(
          names.CERTIFICATE_ISSUER_ANNOTATION,
          `must be Issuer/<name> or ClusterIssuer/<name>, got ${showValue(said(subject))}`,
          'correct it, or remove it to have an issuer of our own',
        ),
      ]
