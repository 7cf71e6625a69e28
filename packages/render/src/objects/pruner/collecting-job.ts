import {
  COLLECTION_DEFAULTS,
  isJsonObject,
  type Json,
  type JsonObject,
  type KubeObject,
  names,
  objectsOf,
} from '../../model'
import { restrictedContainer } from '../deployment/restricted'
import { collectorPod, type CollectorSettings } from './collector-pod'
import { prunerJobLabels } from './pruner-labels'

const TOKEN_VOLUME = 'kube-api-access'
const TOKEN_MOUNT_PATH = '/var/run/secrets/kubernetes.io/serviceaccount'

/** An hour, or until the pod ends. */
const TOKEN_SECONDS = 3600

/** What pods are given who ask the cluster's API, and who check that it is the API. */
const tokenVolume: JsonObject = {
  name: TOKEN_VOLUME,
  projected: {
    sources: [
      { serviceAccountToken: { expirationSeconds: TOKEN_SECONDS, path: 'token' } },
      { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
      {
        downwardAPI: {
          items: [{ path: 'namespace', fieldRef: { fieldPath: 'metadata.namespace' } }],
        },
      },
    ],
  },
}

/** Nothing is deleted before it has ended well. */
const waitingContainer = ({ facts }: CollectorSettings, job: string): JsonObject => ({
  name: 'await-read-only',
  image: facts.release.operatorImage,
  args: ['await-read-only', '--job', job],
  resources: { requests: { cpu: '10m', memory: '100Mi' } },
  volumeMounts: [{ name: TOKEN_VOLUME, mountPath: TOKEN_MOUNT_PATH, readOnly: true }],
  securityContext: { ...restrictedContainer(facts), readOnlyRootFilesystem: true },
  terminationMessagePolicy: 'FallbackToLogsOnError',
})

const fields = (value: Json | undefined): JsonObject => (isJsonObject(value) ? value : {})

/**
 * A Job that deletes garbage. It waits until the registry takes no pushes, and ends in time: by the deadline of the Job, by
 * that of its pod where nobody looks after Jobs, and it is not tried again.
 */
export const collectingJob = (
  settings: CollectorSettings,
  name: string,
  deleteUntagged: boolean,
): KubeObject => {
  const { windowSeconds } = settings.pruner.collection ?? COLLECTION_DEFAULTS
  const pod = collectorPod(settings, { dryRun: false, deleteUntagged })
  const spec = fields(pod['spec'])
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, namespace: names.REGISTRY_NAMESPACE, labels: prunerJobLabels },
    spec: {
      backoffLimit: 0,
      activeDeadlineSeconds: windowSeconds,
      template: {
        ...pod,
        spec: {
          ...spec,
          activeDeadlineSeconds: windowSeconds,
          initContainers: [waitingContainer(settings, name)],
          volumes: [...objectsOf(spec['volumes']), tokenVolume],
        },
      },
    },
  }
}
