import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { parse } from 'yaml'

/** The version of openshift/api that the operator of the release train 4.22 is built with. */
const VERSION = 'v0.0.0-20260317165824-54a3998d81eb'

const run = promisify(execFile)

/** Definitions of the kinds that people talk to the operator through. */
const REGISTRY_DEFINITIONS = ['configs', 'imagepruners'].map(
  (plural, index) => `imageregistry/v1/zz_generated.crd-manifests/0${index}_${plural}.crd.yaml`,
)

/** Definitions of the kinds that the cluster is described with. */
const CLUSTER_DEFINITIONS = [
  ...[
    '0000_00_cluster-version-operator_01_clusteroperators.crd.yaml',
    '0000_00_cluster-version-operator_01_clusterversions-Default.crd.yaml',
    '0000_03_config-operator_01_proxies.crd.yaml',
    '0000_10_config-operator_01_apiservers-Default.crd.yaml',
    '0000_10_config-operator_01_featuregates.crd.yaml',
    '0000_10_config-operator_01_images.crd.yaml',
    '0000_10_config-operator_01_infrastructures-Default.crd.yaml',
  ].map((name) => `config/v1/zz_generated.crd-manifests/${name}`),
  'route/v1/zz_generated.crd-manifests/routes.crd.yaml',
]

const downloaded = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'openshift-api-'))
  try {
    await writeFile(join(folder, 'go.mod'), 'module definitions\n\ngo 1.24\n')
    const { stdout } = await run(
      'go',
      ['mod', 'download', '-json', `github.com/openshift/api@${VERSION}`],
      { cwd: folder, env: { ...process.env, GOFLAGS: '-mod=mod' } },
    )
    return (JSON.parse(stdout) as Readonly<{ Dir: string }>).Dir
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

let folder: Promise<string> | undefined

/**
 * The folder of openshift/api, downloaded as a Go module: the API of OpenShift as its owners define it. Nothing of
 * it is compiled; the definitions and their own test cases are read from it.
 */
const openshiftApi = (): Promise<string> => (folder ??= downloaded())

const textOf = async (files: ReadonlyArray<string>): Promise<string> => {
  const root = await openshiftApi()
  const texts = await Promise.all(files.map((file) => readFile(join(root, file), 'utf8')))
  return texts.join('\n---\n')
}

/** The definitions of Config and ImagePruner, as YAML. */
export const registryDefinitions = (): Promise<string> => textOf(REGISTRY_DEFINITIONS)

/** The definitions of the kinds of `config.openshift.io` and of Route, as YAML. */
export const clusterDefinitions = (): Promise<string> => textOf(CLUSTER_DEFINITIONS)

/** One test case that the owners of the API have written for their definitions. */
export type PublishedCase = Readonly<{
  name: string
  /** A manifest. */
  initial: string
  expected?: string
  expectedError?: string
}>

type Suite = Readonly<{ tests: Readonly<{ onCreate: ReadonlyArray<PublishedCase> }> }>

/** The test cases of the owners of the API for the definitions of Config and ImagePruner. */
export const publishedCases = async (): Promise<ReadonlyArray<PublishedCase>> => {
  const root = join(await openshiftApi(), 'imageregistry/v1/tests')
  const files = (await readdir(root, { recursive: true })).filter((name) => name.endsWith('.yaml'))
  const suites = await Promise.all(files.sort().map((name) => readFile(join(root, name), 'utf8')))
  return suites.flatMap((text) => (parse(text) as Suite).tests.onCreate)
}
