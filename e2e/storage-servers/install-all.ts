import { fakeGcsProgram } from './gcs/fake-gcs-program'
import { registryProgram } from './registry/registry-program'
import { minioProgram } from './s3/minio'
import { motoPrograms } from './s3/moto'
import { openstackPrograms } from './swift/openstack-programs'

/**
 * Installs every server that this machine does not have yet, one after the other: what is compiled takes all the processors
 * there are. Minutes the first time; nothing from then on.
 */
export const installStorageServers = async (): Promise<void> => {
  await registryProgram('distribution-3')
  await registryProgram('docker-registry-2.8')
  await minioProgram()
  await motoPrograms()
  await fakeGcsProgram()
  await openstackPrograms()
}
