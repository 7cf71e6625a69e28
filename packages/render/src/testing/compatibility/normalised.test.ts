import { describe, expect, it } from 'vitest'

import type { Manifest } from './manifest'
import { type Fields, fieldAt } from './fields'
import { normalised } from './normalised'

const object = (kind: string, name: string, others: Fields): Manifest => ({
  apiVersion: 'v1',
  kind,
  metadata: { name, uid: 'some', resourceVersion: '7', generation: 3 },
  ...others,
})

const only = (given: Manifest, config: Fields | null = null): Fields | undefined =>
  normalised([given], { config })[0]

describe('normalised', () => {
  it('replaces the values of a Secret by their digests', () => {
    const secret = object('Secret', 'some', {
      data: { key: Buffer.from('text').toString('base64') },
    })
    expect(only(secret)?.['data']).toEqual({
      key: 'sha256:982d9e3eb996f559e633f4d194def3761d909f5a3b647d1a851fead67c32c9d1',
    })
  })

  it('tells an HTTP secret that was given from one that was made', () => {
    const config = object('Config', 'cluster', { spec: { httpSecret: 'text' } })
    expect(fieldAt(only(config), 'spec', 'httpSecret')).toBe('random')
    expect(fieldAt(only(config, { httpSecret: 'text' }), 'spec', 'httpSecret')).toMatch(/^sha256:/)
  })

  it('knows one authority of service-ca from another by no more than that it is one', () => {
    const [bundle, certificates] = normalised(
      [
        object('ConfigMap', 'serviceca', { data: { 'service-ca.crt': 'PEM\n' } }),
        object('ConfigMap', 'somebody', { data: { host: 'PEM\n', other: 'mine' } }),
      ],
      { config: null },
    )
    expect(bundle?.['data']).toEqual({ 'service-ca.crt': 'service CA\n' })
    expect(certificates?.['data']).toEqual({ host: 'service CA\n', other: 'mine' })
  })

  it('keeps of a status what does not depend on when it was written', () => {
    const conditions = [
      { type: 'B', status: 'True', lastTransitionTime: 'now' },
      { type: 'A', status: 'False', lastTransitionTime: 'now' },
    ]
    expect(
      only(object('Config', 'cluster', { status: { conditions, observedGeneration: 2 } })),
    ).toEqual({
      apiVersion: 'v1',
      kind: 'Config',
      metadata: { name: 'cluster' },
      status: {
        conditions: [
          { type: 'A', status: 'False' },
          { type: 'B', status: 'True' },
        ],
        observedGeneration: 'behind',
      },
    })
  })

  it('leaves out the status of a workload', () => {
    expect(only(object('Deployment', 'some', { status: { replicas: 1 } }))).not.toHaveProperty(
      'status',
    )
  })
})
