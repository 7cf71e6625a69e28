import type { CliIo } from '../cli/cli-io'
import type { EnvConfig } from '../config-from-env'

/** A command line's surroundings in memory. */
export type RecordedIo = {
  readonly io: CliIo
  readonly out: () => string
  readonly err: () => string
}

export const TEST_RELEASE: EnvConfig['release'] = {
  registryImage: 'registry.example/registry:v1',
  operatorImage: 'registry.example/operator:v1',
  prunerImage: 'registry.example/cli:v1',
  version: '1.2.3',
  imageVersion: '4.22.0',
}

/** Records what is printed; standard input holds the given text. */
export const recordedIo = (stdin = '', env: Partial<EnvConfig> = {}): RecordedIo => {
  const out: string[] = []
  const err: string[] = []
  return {
    io: {
      stdout: (text) => () => void out.push(text),
      stderr: (text) => () => void err.push(text),
      stdin: async () => Buffer.from(stdin),
      env: { release: TEST_RELEASE, podName: '', endpointsFile: '', noColour: true, ...env },
      colour: false,
    },
    out: () => out.join(''),
    err: () => err.join(''),
  }
}
