import type { FaultCloud } from '../../harness/fault-cloud'
import { faultyNetwork } from '../../harness/fault-network'
import { startSwift } from '../../storage-servers/swift/swift'
import { clusterOn, userSecret } from './fault-facts'
import { ownUser } from './swift-owner'
import { containerSeen, swiftWorld } from './swift-world'

/** Of somebody else. */
const BYSTANDER = 'images-of-somebody-else'

/** Swift with users of its own, and clusters that have their images there. */
export const swiftFaultCloud = async (): Promise<FaultCloud> => {
  const { v1, ports, stop } = await startSwift({ named: true })
  const owner = await ownUser(v1.authUrl, v1.user, v1.password)
  const world = swiftWorld(owner)
  await owner.ask('PUT', `/${BYSTANDER}`)
  await owner.ask('PUT', `/${BYSTANDER}/image`, { body: 'of somebody else' })
  const hosts = [
    { target: { port: ports.v1 }, dialect: 'swift', hosts: [`127.0.0.1:${ports.v1}`] },
  ] as const
  return {
    lane: async () => ({
      ...(await faultyNetwork(hosts, 'Swift')),
      facts: (name) => [
        ...clusterOn(name, { type: 'OpenStack' }),
        userSecret({
          REGISTRY_STORAGE_SWIFT_USERNAME: v1.user,
          REGISTRY_STORAGE_SWIFT_PASSWORD: v1.password,
        }),
      ],
      spec: {
        managementState: 'Managed',
        replicas: 1,
        storage: { swift: { authURL: v1.authUrl, authVersion: '1' } },
      },
    }),
    look: world.look,
    put: (target) => world.put(target, ['docker/image']),
    everything: async () => {
      const listed = await (await owner.ask('GET', '?format=json')).json()
      return (listed as ReadonlyArray<{ name: string }>)
        .map(({ name }) => name)
        .filter((name) => name !== BYSTANDER)
    },
    bystander: () => containerSeen(owner, `/${BYSTANDER}`),
    tellsPresence: ({ method }) => method === 'HEAD',
    stop,
  }
}
