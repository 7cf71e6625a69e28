import { describe, expect, it } from 'vitest'

import { isJsonObject, type JsonObject, objectsOf } from '../../model'
import { monitoring } from './monitoring'

const manifests = monitoring({ platform: 'OpenShift' })

const specOf = (kind: string, name: string): JsonObject => {
  const spec = manifests.find((object) => object.kind === kind && object.metadata.name === name)
  return isJsonObject(spec?.['spec']) ? spec['spec'] : {}
}

const rules: ReadonlyArray<JsonObject> = manifests
  .filter(({ kind }) => kind === 'PrometheusRule')
  .flatMap(({ metadata }) => objectsOf(specOf('PrometheusRule', metadata.name)['groups']))
  .flatMap((group) => objectsOf(group['rules']))

const alerts = rules.filter((rule) => 'alert' in rule)

describe('monitoring', () => {
  it('asks the registry and the operator for metrics, each by the name in its certificate', () => {
    expect(specOf('ServiceMonitor', 'image-registry')).toMatchObject({
      selector: {},
      endpoints: [
        {
          interval: '30s',
          path: '/extensions/v2/metrics',
          port: '5000-tcp',
          targetPort: 5000,
          scheme: 'https',
          bearerTokenFile: '/var/run/secrets/kubernetes.io/serviceaccount/token',
          tlsConfig: { serverName: 'image-registry.openshift-image-registry.svc' },
        },
      ],
    })
    expect(specOf('ServiceMonitor', 'image-registry-operator')).toMatchObject({
      selector: { matchLabels: { name: 'image-registry-operator' } },
      endpoints: [
        {
          interval: '60s',
          path: '/metrics',
          targetPort: 60000,
          scheme: 'https',
          tlsConfig: { serverName: 'image-registry-operator.openshift-image-registry.svc' },
        },
      ],
    })
  })

  it('keeps the values that telemetry knows', () => {
    const recorded = rules.filter((rule) => 'record' in rule).map(({ record }) => record)
    expect(recorded).toEqual([
      'imageregistry:imagestreamtags_count:sum',
      ...Array.from({ length: 4 }, () => 'imageregistry:operations_count:sum'),
    ])
    const operations = rules.map(({ expr }) => String(expr)).filter((expr) => /blob|man/.test(expr))
    expect(operations[0]).toBe(
      'label_replace(label_replace(sum by (operation) (imageregistry_request_duration_seconds_count{operation="BlobStore.ServeBlob"}), "operation", "get", "", ""), "resource_type", "blob", "", "")',
    )
  })

  it('warns of few things', () => {
    expect(alerts.map(({ alert }) => alert)).toEqual([
      'ImageRegistryStorageReadOnly',
      'ImageRegistryStorageFull',
      'ImageRegistryRemoved',
      'ImageRegistryDegraded',
      'ImageRegistryOperatorNotReconciling',
      'ImageRegistryCorrectionsContested',
    ])
  })

  it.each(alerts)('says of $alert what it is, for how long it lasted, and what to do', (alert) => {
    expect(alert['for']).toMatch(/^\d+m$/)
    expect(alert['labels']).toEqual({
      kubernetes_operator_part_of: 'image-registry',
      severity: alert['alert'] === 'ImageRegistryRemoved' ? 'info' : 'warning',
    })
    expect(alert['annotations']).toEqual({
      summary: expect.stringMatching(/\.$/),
      description: expect.stringMatching(/\.$/),
      message: expect.stringMatching(/\.$/),
      runbook_url: expect.stringMatching(new RegExp(`/${String(alert['alert'])}\\.md$`)),
    })
  })

  it('keeps the address at which people look up the alerts of the original', () => {
    expect(alerts[0]?.['annotations']).toMatchObject({
      runbook_url:
        'https://github.com/openshift/runbooks/blob/master/alerts/cluster-image-registry-operator/ImageRegistryStorageReadOnly.md',
    })
  })
})
