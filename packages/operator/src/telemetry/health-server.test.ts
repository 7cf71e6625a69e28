import * as E from 'fp-ts/Either'
import { describe, expect, it, onTestFinished } from 'vitest'

import { hostAndPort, startHealthServer } from './health-server'
import { metrics } from './metrics'

const started = async (ready: () => boolean) => {
  const counts = metrics('1.2.3')
  const server = await startHealthServer({ metrics: counts, ready })({ address: '127.0.0.1:0' })()
  if (E.isLeft(server)) throw new Error('it does not listen')
  onTestFinished(server.right.close)
  const get = async (path: string) => {
    const response = await fetch(`http://${server.right.address}${path}`)
    return { code: response.status, text: await response.text() }
  }
  return { counts, get, address: server.right.address }
}

describe('the health server', () => {
  it('is alive at once, and ready when the cluster has been read', async () => {
    let ready = false
    const { get } = await started(() => ready)
    expect((await get('/healthz')).code).toBe(200)
    expect((await get('/readyz')).code).toBe(503)
    ready = true
    expect((await get('/readyz')).code).toBe(200)
  })

  it('serves what was counted', async () => {
    const { get, counts } = await started(() => true)
    counts.passEnded('changed', 20, 1_700_000_000_000)()
    counts.requestSeen({ verb: 'apply', kind: 'Service', code: '201' })()
    counts.wrote('apply', 'Service')()
    counts.driftCorrected('Service')()
    counts.correctionContested('Route')()
    counts.leaderIs(true)()
    counts.conditionsAre([{ type: 'Available', status: 'True', reason: 'Ready', message: '' }])()
    const { text } = await get('/metrics')
    for (const line of [
      'image_registry_operator_reconcile_total{result="changed"} 1',
      'image_registry_operator_reconcile_duration_seconds_count 1',
      'image_registry_operator_last_successful_reconcile_timestamp_seconds 1700000000',
      'image_registry_operator_api_requests_total{verb="apply",kind="Service",code="201"} 1',
      'image_registry_operator_api_writes_total{verb="apply",kind="Service"} 1',
      'image_registry_operator_drift_corrections_total{kind="Service"} 1',
      'image_registry_operator_contested_corrections_total{kind="Route"} 1',
      'image_registry_operator_leader 1',
      'image_registry_operator_condition{type="Available",status="True",reason="Ready"} 1',
      'image_registry_operator_build_info{version="1.2.3"} 1',
    ])
      expect(text).toContain(`${line}\n`)
    expect(text).not.toContain('process_')
  })

  it('serves nothing else, and takes nothing', async () => {
    const { get, address } = await started(() => true)
    expect((await get('/')).code).toBe(404)
    const posted = await fetch(`http://${address}/metrics`, { method: 'POST' })
    expect(posted.status).toBe(405)
  })

  it('answers 500 when nothing can be counted', async () => {
    const counts = { ...metrics('1'), text: () => Promise.reject(new Error('no')) }
    const server = await startHealthServer({ metrics: counts, ready: () => true })({
      address: '127.0.0.1:0',
    })()
    if (E.isLeft(server)) throw new Error('it does not listen')
    onTestFinished(server.right.close)
    expect((await fetch(`http://${server.right.address}/metrics`)).status).toBe(500)
  })

  it('says when it cannot listen', async () => {
    const { address } = await started(() => true)
    const deps = { metrics: metrics(''), ready: () => true }
    expect(await startHealthServer(deps)({ address })()).toMatchObject({
      left: { _tag: 'CannotListen', address },
    })
    expect(await startHealthServer(deps)({ address: 'nonsense' })()).toMatchObject({
      left: { _tag: 'CannotListen', address: 'nonsense' },
    })
  })

  it.each([
    [':8080', { port: 8080 }],
    ['0.0.0.0:1', { host: '0.0.0.0', port: 1 }],
    ['localhost:0', { host: 'localhost', port: 0 }],
    ['[::1]:80', { host: '::1', port: 80 }],
    ['8080', undefined],
    [':99999', undefined],
    ['::1:80', undefined],
    ['', undefined],
  ])('understands %j as %j', (address, expected) => {
    expect(hostAndPort(address)).toEqual(expected)
  })
})
