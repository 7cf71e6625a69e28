import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'

import { digestOfJson } from '../../digest'
import { someFacts } from '../../testing/some-facts'
import { nodeCa } from './node-ca'

const rendered = (facts = someFacts()) => nodeCa(facts).map(E.toUnion)

describe('the DaemonSet node-ca', () => {
  it('is the one that the original makes', () => {
    const spec = {
      selector: { matchLabels: { name: 'node-ca' } },
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '10%' } },
      template: {
        metadata: {
          labels: { name: 'node-ca' },
          annotations: {
            'target.workload.openshift.io/management': '{"effect": "PreferredDuringScheduling"}',
            'openshift.io/required-scc': 'privileged',
          },
        },
        spec: {
          nodeSelector: { 'kubernetes.io/os': 'linux' },
          priorityClassName: 'system-cluster-critical',
          tolerations: [{ operator: 'Exists' }],
          hostNetwork: true,
          serviceAccountName: 'node-ca',
          containers: [
            {
              name: 'node-ca',
              image: 'registry.example/operator:1',
              command: ['cluster-image-registry-operator'],
              args: ['node-ca-sync'],
              securityContext: {
                privileged: true,
                readOnlyRootFilesystem: true,
                runAsUser: 1001,
                runAsGroup: 0,
              },
              resources: { requests: { cpu: '10m', memory: '10Mi' } },
              terminationMessagePolicy: 'FallbackToLogsOnError',
              volumeMounts: [
                { name: 'serviceca', mountPath: '/tmp/serviceca' },
                { name: 'host', mountPath: '/etc/docker/certs.d' },
              ],
            },
          ],
          volumes: [
            { name: 'host', hostPath: { path: '/etc/docker/certs.d' } },
            { name: 'serviceca', configMap: { name: 'image-registry-certificates' } },
          ],
        },
      },
    }
    expect(rendered()).toEqual([
      {
        object: {
          apiVersion: 'apps/v1',
          kind: 'DaemonSet',
          metadata: {
            name: 'node-ca',
            namespace: 'openshift-image-registry',
            annotations: {
              'operator.openshift.io/spec-hash': digestOfJson(spec).replace('sha256:', ''),
            },
          },
          spec,
        },
        fills: [],
        mode: 'converge',
      },
    ])
  })

  it('is not for plain Kubernetes', () => {
    expect(rendered(someFacts({ platform: 'Kubernetes' }))).toEqual([])
  })
})
