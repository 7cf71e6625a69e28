import { type KubeObject, names } from '../../model'

type Identity = { readonly namespace: string; readonly name: string }

/** The mark of what is ours, on a Secret: who takes it off has the Secret for their own. */
export const OWN_MARK = { [names.OWNERSHIP_ANNOTATION]: 'true' }

/** A Secret with a certificate that we have issued so often. */
export const markedSecret = (
  identity: Identity,
  issue: number,
  data: { readonly [key: string]: string },
): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: {
    ...identity,
    annotations: { ...OWN_MARK, [names.ISSUE_ANNOTATION]: String(issue) },
  },
  data,
  type: 'kubernetes.io/tls',
})
