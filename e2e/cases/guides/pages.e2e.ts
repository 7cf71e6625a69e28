import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect } from 'vitest'

import { loadManifests } from '../../cluster/load-manifests'
import { untilObject } from '../../cluster/until-object'
import { describeGuide } from '../../guides/describe-guide'
import { freshRegistry, onNode } from '../../guides/fresh-registry'
import type { GuideWorld } from '../../guides/guide-world'
import { htpasswdIn } from '../../guides/guide-programs'
import { type RunningWorld, startKubernetesWorld } from '../../guides/running-world'
import { applyConfig, conditionOf, getConfig, untilCondition } from '../../harness/config-status'

const SERVICE = 'image-registry.openshift-image-registry.svc'
const namespace = '/api/v1/namespaces/openshift-image-registry'

let world: RunningWorld
let folder: string
let htpasswd: string

const inFolder = (name: string): string => join(folder, name)

/** A certificate for the registry's Service, and its key. */
const makeCertificate = async (): Promise<void> => {
  const files = ['-keyout', inFolder('tls.key'), '-out', inFolder('tls.crt')]
  const names = ['-subj', `/CN=${SERVICE}`, '-addext', `subjectAltName=DNS:${SERVICE}`]
  const how = ['-newkey', 'rsa:2048', '-nodes', '-days', '90']
  await promisify(execFile)('openssl', ['req', '-x509', ...how, ...names, ...files])
}

/** What Traefik defines, as much as is needed to make one. */
const traefik = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'serverstransports.traefik.io' },
  spec: {
    group: 'traefik.io',
    names: {
      kind: 'ServersTransport',
      listKind: 'ServersTransportList',
      plural: 'serverstransports',
      singular: 'serverstransport',
    },
    scope: 'Namespaced',
    versions: [
      {
        name: 'v1alpha1',
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
        },
      },
    ],
  },
}

const config = {
  apiVersion: 'imageregistry.operator.openshift.io/v1',
  kind: 'Config',
  metadata: { name: 'cluster' },
  // As the operator completes it, so that nothing would change.
  spec: { ...onNode, storage: { emptyDir: {}, managementState: 'Managed' } },
}

const yaml = (object: unknown): string => `${JSON.stringify(object)}\n`

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pages-'))
  await makeCertificate()
  await writeFile(inFolder('new-config.yaml'), yaml(config))
  htpasswd = await htpasswdIn(folder)
  world = await startKubernetesWorld()
  await loadManifests(world, yaml(traefik))
})

afterAll(async () => {
  await world?.stop()
  await rm(folder, { recursive: true, force: true })
})

/** The reader has these files of the folder, and these programs. */
const withFiles = (...names: ReadonlyArray<string>): GuideWorld => ({
  ...world,
  programs: { htpasswd },
  files: Object.fromEntries(names.map((name) => [name, inFolder(name)])),
})

const fresh = { world: () => world, before: () => freshRegistry(world.client) }

const forget = async (...paths: ReadonlyArray<string>): Promise<void> => {
  for (const path of paths) await world.client.request('DELETE', `${namespace}/${path}`)
}

const removed = { managementState: 'Removed', replicas: 1, storage: { emptyDir: {} } }

describe('pages for plain Kubernetes', () => {
  describeGuide('docs/annotations.md', 'kubernetes', fresh)
  describeGuide('docs/permissions.md', 'kubernetes', fresh)
  describeGuide('docs/storage.md', 'kubernetes', {
    ...fresh,
    world: () => withFiles('new-config.yaml'),
  })
  describeGuide('docs/exposure.md', 'kubernetes', fresh)
  describeGuide('docs/certificates.md', 'kubernetes', {
    ...fresh,
    world: () => withFiles('tls.crt', 'tls.key'),
    after: () => forget('secrets/image-registry-tls'),
  })
  describeGuide('docs/authentication.md', 'kubernetes', {
    world: () => ({
      ...withFiles(),
      files: { 'tokens.pem': inFolder('tls.crt') },
    }),
    before: fresh.before,
    after: async () => {
      const { data } = await world.client.send('GET', `${namespace}/secrets/image-registry-users`)
      const { htpasswd: users = '' } = data as Readonly<Record<string, string>>
      expect(Buffer.from(users, 'base64').toString()).toMatch(/^ann:\$2y\$\S+\n/)
      expect(conditionOf(await getConfig(world.client), 'AuthenticationConfigured')).toBeDefined()
      await forget('configmaps/image-registry-token-auth', 'secrets/image-registry-users')
    },
  })
  describeGuide('docs/runbooks/ImageRegistryDegraded.md', 'kubernetes', fresh)
  describeGuide('docs/runbooks/ImageRegistryStorageReadOnly.md', 'kubernetes', fresh)
  describeGuide('docs/runbooks/ImageRegistryRemoved.md', 'kubernetes', {
    world: () => world,
    before: async () => {
      await applyConfig(world.client, removed)
      await untilCondition(world.client, 'Removed', 'True')
    },
    after: () => untilCondition(world.client, 'Removed', 'False'),
  })
  // It brings a Deployment of the operator, beside the process that is there.
  describeGuide('docs/install.md', 'kubernetes', {
    ...fresh,
    after: () =>
      untilObject(
        world.client,
        '/apis/apps/v1/namespaces/openshift-image-registry/deployments/cluster-image-registry-operator',
        () => true,
      ),
  })
})
