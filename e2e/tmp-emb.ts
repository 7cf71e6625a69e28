import { embeddedCluster } from './demo/embedded-cluster'
import { printer } from './demo/printer'
const c = await embeddedCluster(printer())
console.log(c.kubeconfigPath)
await new Promise(r => process.once('SIGTERM', r))
await c.stop()
