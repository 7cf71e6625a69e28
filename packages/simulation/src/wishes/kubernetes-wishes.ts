import type { JsonObject, KubeObject } from '@image-registry-operator/render/model'

import { REGISTRY_NAMESPACE, secretOf, USER_CREDENTIALS } from './credentials'
import { pruner, wish, type Wish } from './wish'

const EMPTY_DIR: JsonObject = { storage: { emptyDir: {} } }
const THEIRS: JsonObject = { storage: { s3: { bucket: 'theirs', region: 'eu-central-1' } } }

const TOKENS: KubeObject = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'image-registry-token-auth', namespace: REGISTRY_NAMESPACE },
  data: {
    realm: 'https://auth.example.com/token',
    service: 'registry',
    issuer: 'example.com',
    jwks: '{"keys":[]}',
  },
}

const USERS = secretOf('image-registry-users', {
  htpasswd: 'somebody:$2y$05$0123456789012345678901uFkAjKcTr4Zq0uM5n5yq5q5q5q5q5q5q\n',
})

const ROUTES: JsonObject = {
  routes: [{ name: 'own', hostname: 'own.example.com' }],
}

/** What may be wanted on plain Kubernetes: from each of them to each other one there is a way. */
export const KUBERNETES_WISHES: ReadonlyArray<Wish> = [
  wish('emptyDir', EMPTY_DIR),
  wish('a claim that is made', { storage: { pvc: { claim: '' } } }),
  wish('a claim of somebody', { replicas: 2, storage: { pvc: { claim: 'of-somebody' } } }),
  wish('S3 that is made', { replicas: 2, storage: { s3: {} } }),
  wish('S3 of somebody', { replicas: 2, ...THEIRS }),
  wish('S3 of somebody with his keys', THEIRS, { objects: [USER_CREDENTIALS] }),
  wish('Google of somebody', {
    storage: { gcs: { bucket: 'theirs', region: 'europe-west1', projectID: 'demo' } },
  }),
  wish(
    'Azure of somebody with his key',
    { storage: { azure: { accountName: 'theirs', container: 'theirs' } } },
    {
      objects: [USER_CREDENTIALS],
    },
  ),
  wish('nothing', { managementState: 'Removed', storage: {} }),
  wish('nothing, and its claim goes as well', {
    managementState: 'Removed',
    storage: { pvc: { claim: '' } },
  }),
  wish('to be left alone', { managementState: 'Unmanaged', ...EMPTY_DIR }),
  wish('no pods', { replicas: 0, ...EMPTY_DIR }),
  wish('read only', { readOnly: true, ...EMPTY_DIR }),
  wish('a log', { logLevel: 'Debug', ...EMPTY_DIR }),
  wish(
    'an Ingress',
    { defaultRoute: true, ...EMPTY_DIR },
    {
      annotations: { 'default-hostname': 'registry.example.com' },
    },
  ),
  wish(
    'Ingresses of a class',
    { defaultRoute: true, ...ROUTES, ...EMPTY_DIR },
    {
      annotations: { 'default-hostname': 'registry.example.com', 'ingress-class': 'inner' },
    },
  ),
  wish(
    'a Gateway',
    { defaultRoute: true, ...ROUTES, ...EMPTY_DIR },
    {
      annotations: { 'default-hostname': 'registry.example.com', gateway: 'edge/public/https' },
    },
  ),
  wish('everybody let in', EMPTY_DIR, { annotations: { authentication: 'none' } }),
  wish('no first user', EMPTY_DIR, {
    annotations: { 'first-user': 'none' },
    objects: [USERS],
  }),
  wish('more users', EMPTY_DIR, { objects: [USERS] }),
  wish('tokens', EMPTY_DIR, { objects: [TOKENS] }),
  wish('a clean-up', THEIRS, { objects: [pruner({ schedule: '0 3 * * *' })] }),
  wish('a clean-up, suspended', THEIRS, {
    objects: [pruner({ schedule: '0 3 * * *', suspend: true })],
  }),
]
