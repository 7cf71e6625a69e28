import { expect, it } from 'vitest'

import { configFromEnv } from './config-from-env'

it('reads the release from the environment', () => {
  expect(
    configFromEnv({
      IMAGE: 'a/b:c',
      OPERATOR_IMAGE: 'a/o',
      IMAGE_PRUNER: 'a/p',
      RELEASE_VERSION: '4.22',
      OPERATOR_IMAGE_VERSION: '4.22.1',
      WATCH_NAMESPACE: 'openshift-image-registry',
      AZURE_ENVIRONMENT_FILEPATH: '/tmp/azurestackcloud.json',
      POD_NAME: 'pod',
      HOME: '/root',
    }),
  ).toMatchObject({
    right: {
      release: {
        registryImage: 'a/b:c',
        operatorImage: 'a/o',
        prunerImage: 'a/p',
        version: '4.22',
        imageVersion: '4.22.1',
      },
      podName: 'pod',
      endpointsFile: '/tmp/azurestackcloud.json',
      noColour: false,
    },
  })
})

it('takes what is not set as empty', () => {
  expect(configFromEnv({ NO_COLOR: '1', WATCH_NAMESPACE: '' })).toMatchObject({
    right: {
      release: { registryImage: '', version: '', imageVersion: '' },
      podName: '',
      endpointsFile: '',
      noColour: true,
    },
  })
  expect(configFromEnv({ NO_COLOR: '' })).toMatchObject({ right: { noColour: false } })
})

it('names every variable that cannot be used', () => {
  expect(configFromEnv({ IMAGE: 'a b', OPERATOR_IMAGE: 'c\nd' })).toMatchObject({
    left: [{ path: 'IMAGE' }, { path: 'OPERATOR_IMAGE' }],
  })
})

it('works in one namespace only', () => {
  expect(configFromEnv({ WATCH_NAMESPACE: 'default' })).toMatchObject({
    left: [
      {
        path: 'WATCH_NAMESPACE',
        message: 'must be openshift-image-registry, or empty',
        remedy: 'remove it: the operator works in no other one',
      },
    ],
  })
})

it('knows which registry the image is', () => {
  expect(configFromEnv({ REGISTRY_BUILD: 'distribution-3.0' })).toMatchObject({
    right: { release: { registry: { _tag: 'Distribution', version: [3, 0] } } },
  })
  expect(configFromEnv({ REGISTRY_BUILD: 'openshift' })).toMatchObject({
    right: { release: { registry: { _tag: 'OpenShift' } } },
  })
  for (const env of [{}, { REGISTRY_BUILD: '' }])
    expect(configFromEnv(env)).not.toMatchObject({ right: { release: { registry: {} } } })
  expect(configFromEnv({ REGISTRY_BUILD: 'distribution-3.7' })).toMatchObject({
    left: [
      {
        path: 'REGISTRY_BUILD',
        message:
          'must be one of openshift, distribution-3.0, distribution-3.1, distribution-2.8, or empty',
        remedy: 'name the registry that IMAGE is, or remove it for the usual one',
      },
    ],
  })
})
