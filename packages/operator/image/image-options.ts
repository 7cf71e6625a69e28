import { Command, Option } from 'commander'

import type { Architecture } from './architecture'

/** What `pnpm image` is told. */
export type ImageOptions = {
  readonly platform: ReadonlyArray<`linux/${Architecture}`>
  /** Not given: the operator's name and version. */
  readonly tag?: ReadonlyArray<string>
  /** The archive to write. */
  readonly file: string
  /** In place of an archive: a folder for the files of one platform. */
  readonly folder?: string
  /** Not to take the bundle that is there. */
  readonly build: boolean
  /** Where to keep what is fetched. */
  readonly cache: string
  readonly output: 'text' | 'json'
}

const PLATFORMS: ReadonlyArray<`linux/${Architecture}`> = ['linux/amd64', 'linux/arm64']
const FILE = 'packages/operator/dist/image-registry-operator.oci.tar'

const HELP = `
Needs apt and dpkg of Debian, and npm, but no container engine and no root.

Example:
  pnpm image --tag registry.example/tools/image-registry-operator:1.0
  skopeo copy --all oci-archive:${FILE} docker://registry.example/tools/image-registry-operator:1.0

Exit codes:
  0  written
  1  it cannot be made; standard error says why
`

/** The command line of `pnpm image`. */
export const imageCommandLine = (run: (options: ImageOptions) => Promise<void>): Command =>
  new Command('image')
    .description("make the operator's image, as an OCI archive")
    .addOption(
      new Option('--platform <platform...>', 'for which machines')
        .choices(PLATFORMS)
        .default(PLATFORMS, 'both'),
    )
    .option(
      '--tag <reference...>',
      'registry, name and tag (default: localhost/image-registry-operator with its version)',
    )
    .option('--file <file>', 'the archive to write', FILE)
    .option('--folder <folder>', 'write the files of one platform into a folder instead')
    .option('--no-build', 'take the bundle that is there')
    .option('--cache <folder>', 'where to keep what is fetched', 'node_modules/.cache/image')
    .addOption(
      new Option('-o, --output <format>', 'how to print').choices(['text', 'json']).default('text'),
    )
    .addHelpText('after', HELP)
    .action(run)
