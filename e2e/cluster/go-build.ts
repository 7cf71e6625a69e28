import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

import { kubernetesVersion, sourceFolder } from './build-folder'
import { killAtExit } from './exit-cleanup'

export type Progress = (line: string) => void

/** Without these the programs report v0.0.0, and clients refuse features by that number. */
const versionFlags = (): string => {
  const version = kubernetesVersion()
  const [major, minor] = version.slice(1).split('.')
  return [`gitVersion=${version}`, `gitMajor=${major}`, `gitMinor=${minor}`]
    .map((assignment) => `-X k8s.io/component-base/version.${assignment}`)
    .join(' ')
}

const goEnvironment = {
  ...process.env,
  // No C compiler needed, and the same binary whether or not there is one.
  CGO_ENABLED: '0',
  // The developer's own flags (-mod=mod, -race …) are meant for their own code.
  GOFLAGS: '',
}

/** Runs `go`, gives each line it prints on either stream to `onLine`, and fails with the last ones. */
const runGo = (args: ReadonlyArray<string>, onLine: Progress): Promise<void> =>
  new Promise((resolve, reject) => {
    const go = spawn('go', args, {
      cwd: sourceFolder,
      env: goEnvironment,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const forget = killAtExit(go)
    const last: Array<string> = []
    for (const stream of [go.stdout, go.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        last.push(line)
        if (last.length > 20) last.shift()
        onLine(line)
      })
    }
    go.on('error', reject)
    go.on('close', (code) => {
      forget()
      if (code === 0) resolve()
      else reject(new Error(`go ${args[0]} ended with ${code}:\n${last.join('\n')}`))
    })
  })

/** Downloads what is needed, and says how many packages there are to compile. */
const downloadModules = async (onProgress: Progress): Promise<number> => {
  let modules = 0
  let packages = 0
  await runGo(['list', '-mod=readonly', '-deps', '.'], (line) => {
    if (!line.startsWith('go: downloading')) packages += 1
    else if (++modules % 20 === 0) onProgress(`${modules} modules downloaded`)
  })
  return packages
}

const compile = async (output: string, packages: number, onProgress: Progress): Promise<void> => {
  let compiled = 0
  const flags = [
    '-mod=readonly',
    '-buildvcs=false',
    '-trimpath',
    '-ldflags',
    `-s -w ${versionFlags()}`,
  ]
  await runGo(['build', '-v', ...flags, '-o', output, '.'], () => {
    // -v names the packages that were not in Go's own cache, so this may end below the total.
    if (++compiled % 100 === 0) onProgress(`${compiled} of ${packages} packages compiled`)
  })
}

/** Compiles all programs of the control plane into one file. */
export const goBuild = async (output: string, onProgress: Progress): Promise<void> => {
  const packages = await downloadModules(onProgress)
  await compile(output, packages, onProgress)
}
