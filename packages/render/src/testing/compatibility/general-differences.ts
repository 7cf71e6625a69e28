import type { AcceptedDifference } from './accepted-difference'
import { said } from './difference-places'
import {
  onlyOurs,
  onlyTheirs,
  onlyTheyWriteNothing,
  onlyWeKeepNothing,
  otherWords,
  sameDuration,
  sameWords,
} from './value-relations'

/** Differences of any case: what is written down, and in which words. */
export const generalDifferences: ReadonlyArray<AcceptedDifference> = [
  {
    row: '9.1',
    why: 'an empty reason or message is written down, because whoever applies a list of conditions holds just what he writes',
    at: [
      'Config/cluster status.conditions[*].reason',
      'Config/cluster status.conditions[*].message',
      'ImagePruner/cluster status.conditions[*].message',
      'ClusterOperator/image-registry status.conditions[*].message',
    ],
    when: onlyWeKeepNothing,
  },
  {
    row: '9.1',
    why: 'conditions for kstatus tools',
    at: ['Ready', 'Reconciling', 'Stalled'].map(
      (type) => `Config/cluster status.conditions[${type}]`,
    ),
    when: onlyOurs,
  },
  {
    row: '15#12',
    why: 'nothing is said to have been completed before there was a Job',
    at: [
      'ImagePruner/cluster status.conditions[Failed].reason',
      'ImagePruner/cluster status.conditions[Failed].message',
    ],
    when: (theirs, ours) =>
      [
        ['Complete', 'NoJobs'].join(),
        ['Pruner completed successfully', 'No pruner job has completed yet'].join(),
      ].includes([theirs, ours].join()),
  },
  {
    row: '15#6',
    why: 'what nobody has set is not written',
    at: [
      'Config/cluster spec.proxy',
      'Config/cluster spec.unsupportedConfigOverrides',
      'Config/cluster spec.requests*',
      'Config/cluster spec.storage',
      'Config/cluster *storage.s3.trustedCA',
      'Config/cluster *storage.s3.virtualHostedStyle',
      'Config/cluster status.storage.ibmcos',
      'Config/cluster spec.observedConfig.servingInfo.cipherSuites',
      'ClusterOperator/image-registry status.extension',
      'Image/cluster spec.*',
    ],
    when: onlyTheyWriteNothing,
  },
  {
    row: '15#22',
    why: 'what the user has set stays, also where it says nothing',
    at: ['Config/cluster spec.*'],
    when: onlyWeKeepNothing,
  },
  {
    row: '15#22',
    why: 'what the user has set stays, in his own words',
    at: [
      'Config/cluster spec.requests.*.maxWaitInQueue',
      'Config/cluster *.storage.s3.cloudFront.duration',
    ],
    when: sameDuration,
  },
  {
    row: '15#33',
    why: 'the HTTP secret is in a Secret only',
    at: [
      'Config/cluster spec.httpSecret',
      'Deployment/image-registry spec.template.spec.containers[registry].env[REGISTRY_HTTP_SECRET].value',
    ],
    when: onlyTheirs,
  },
  {
    row: '15#33',
    why: 'the HTTP secret is in a Secret only',
    at: [
      'Deployment/image-registry spec.template.spec.containers[registry].env[REGISTRY_HTTP_SECRET].valueFrom',
      'Secret/image-registry-private-configuration data',
      'Secret/image-registry-private-configuration data.REGISTRY_HTTP_SECRET',
    ],
    when: onlyOurs,
  },
  {
    row: '15#45',
    why: 'reasons are words',
    at: ['Config/cluster status.conditions[StorageExists].reason'],
    when: sameWords,
  },
  {
    row: '15#44',
    why: 'texts name the object and what to do, not the steps and types of a program',
    at: [
      ...said('Available', 'Progressing', 'Degraded').map((at) => at.replace('.*', '.message')),
      'ImagePruner/cluster status.conditions[Degraded].message',
    ],
    when: otherWords,
  },
]
