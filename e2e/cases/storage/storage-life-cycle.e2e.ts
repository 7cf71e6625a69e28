import { afterAll, beforeAll } from 'vitest'

import { type OpenshiftCluster, startOpenshiftCluster } from '../../harness/openshift-cluster'
import { gcs } from '../../harness/storage/gcs-life-cycle'
import { ibmCos } from '../../harness/storage/ibm-life-cycle'
import { lifeCycle } from '../../harness/storage/life-cycle-suite'
import { s3OnAws, s3OnMinio } from '../../harness/storage/s3-life-cycle'

let running: OpenshiftCluster

const cluster = (): OpenshiftCluster => running

beforeAll(async () => {
  running = await startOpenshiftCluster({ auditLog: false })
})

afterAll(async () => {
  await running?.stop()
})

lifeCycle({ title: 'a bucket of S3 on AWS', start: s3OnAws, cluster, quietMs: 60_000 })
lifeCycle({ title: 'a bucket of S3 on MinIO', start: s3OnMinio, cluster, without: ['requests'] })
lifeCycle({ title: 'a bucket of Google Cloud Storage', start: gcs, cluster })
lifeCycle({ title: 'a bucket of IBM Cloud Object Storage', start: ibmCos, cluster })
