// Installs everything that the stories run on and this machine does not have yet; minutes the first time, nothing from then on.
// With the argument `node`, what a node takes as well.
import { buildControlPlane } from './cluster/build'
import { installGuidePrograms } from './guides/guide-programs'
import { installNode } from './node/install-node'
import { installStorageServers } from './storage-servers/install-all'

const say = (line: string): void => {
  process.stderr.write(`e2e: ${line}\n`)
}

// One after the other: what is compiled takes all the processors there are.
await buildControlPlane({ onProgress: say })
await installStorageServers()
await installGuidePrograms()
if (process.argv.includes('node')) await installNode()
