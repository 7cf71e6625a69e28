import { expect, it } from 'vitest'

import { configFromEnv } from './config-from-env'

it('reads the release from the environment', () => {
  expect(
    configFromEnv({
      IMAGE: 'a/b:c',
      OPERATOR_IMAGE: 'a/o',
      IMAGE_PRUNER: 'a/p',
      RELEASE_VERSION: '4.22',
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
      },
      podName: 'pod',
      noColour: false,
    },
  })
})

it('takes what is not set as empty', () => {
  expect(configFromEnv({ NO_COLOR: '1' })).toMatchObject({
    right: { release: { registryImage: '', version: '' }, podName: '', noColour: true },
  })
  expect(configFromEnv({ NO_COLOR: '' })).toMatchObject({ right: { noColour: false } })
})

it('names every variable that cannot be used', () => {
  expect(configFromEnv({ IMAGE: 'a b', OPERATOR_IMAGE: 'c\nd' })).toMatchObject({
    left: [{ path: 'IMAGE' }, { path: 'OPERATOR_IMAGE' }],
  })
})
