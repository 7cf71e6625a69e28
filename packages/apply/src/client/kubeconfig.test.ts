import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { objectRef } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import type * as O from 'fp-ts/Option'
import { describe, expect, it, onTestFinished } from 'vitest'

import { httpKubeClient } from './http-kube-client'
import type { RequestFailure } from './kube-client'

const SECRET = 'canary-of-a-token'

const kubeconfig = (server: string, user: string): string =>
  JSON.stringify({
    clusters: [{ name: 'b', cluster: { server } }],
    contexts: [{ name: 'a', context: { cluster: 'b', user: 'u' } }],
    users: [{ name: 'u', user: JSON.parse(user) as unknown }],
    'current-context': 'a',
  })

const clientFor = (path: string) =>
  httpKubeClient({ source: { _tag: 'File', path }, userAgent: 'x/1' })

const fileWith = async (text: string | Uint8Array): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'kubeconfig-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const path = join(folder, 'config')
  await writeFile(path, text)
  return path
}

const refusalOf = async (text: string | Uint8Array): Promise<string> => {
  const made = clientFor(await fileWith(text))
  return E.isLeft(made) ? made.left.message : 'accepted'
}

describe('a kubeconfig', () => {
  it.each([
    ['a folder', '/tmp', 'EISDIR'],
    ['a device without an end', '/dev/zero', 'it has more than 4194304 bytes'],
    ['a device without content', '/dev/null', 'the input is empty'],
  ])('that is %s is refused', (_, path, why) => {
    expect(clientFor(path)).toMatchObject({
      left: {
        message: expect.stringMatching(new RegExp(`^the kubeconfig cannot be read \\(.*${why}`)),
      },
    })
  })

  it.each([
    ['is broken beside a token', `users:\n- name: u\n  user: {token: ${SECRET}\n`],
    ['has a token twice', `users:\n- name: u\n  user: {token: ${SECRET}, token: ${SECRET}}\n`],
    ['is nested deeply', `users: ${'['.repeat(50_000)}${SECRET}`],
    ['holds NUL', `users: ${SECRET}\0`],
    ['is large', `users: ${SECRET.repeat(400_000)}`],
    ['asks for a program', `users: !!js/function ${SECRET}`],
    ['is binary', Uint8Array.from({ length: 1000 }, (_, i) => (i * 89) % 256)],
    ['names no server', kubeconfig('nonsense', '{}')],
    ['names a server of another kind', kubeconfig('ftp://example.com', '{}')],
    ['names a server in clear text', kubeconfig('http://example.com', '{}')],
  ])('that %s is refused in one line, which repeats nothing of it', async (_, text) => {
    const message = await refusalOf(text)
    expect(message).toMatch(/; (set KUBECONFIG|correct it|use https)/)
    expect(message).not.toMatch(/\n|canary/)
  })

  it.each([
    ['a token that no header may hold', `{"token":"${SECRET}\\n${SECRET}"}`],
    ['a certificate that is none', '{"client-certificate-data":"YQ==","client-key-data":"YQ=="}'],
  ])('with %s fails every request, and no more', async (_, user) => {
    const made = clientFor(await fileWith(kubeconfig('https://127.0.0.1:1', user)))
    if (E.isLeft(made)) throw new Error(made.left.message)
    const client = made.right
    const read = await client.readLog({
      pod: objectRef('v1', 'Pod', 'a', 'ns'),
      container: 'c',
      limitBytes: 9,
    })()
    const watched = await new Promise<O.Option<RequestFailure>>((resolve) => {
      client.watch(
        {
          collection: { apiVersion: 'v1', kind: 'ConfigMap', plural: 'configmaps' },
          from: { _tag: 'InitialEvents' },
          timeoutSeconds: 60,
        },
        { opened: () => {}, received: () => {}, event: () => {}, ended: resolve },
      )
    })
    client.close()
    expect([read, watched]).toMatchObject([
      { left: { _tag: 'NoAnswer' } },
      { value: { _tag: 'NoAnswer' } },
    ])
    expect(JSON.stringify([read, watched])).not.toContain(SECRET)
  })

  it('that is sound names files beside itself', async () => {
    const path = await fileWith(kubeconfig('https://127.0.0.1:1', '{"tokenFile":"token"}'))
    expect(E.isRight(clientFor(path))).toBe(true)
  })
})
