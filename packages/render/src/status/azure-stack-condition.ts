import type { PartConditions } from './part-conditions'
import type { Situation } from './situation'

/** Whether the file with the endpoints of an Azure Stack can be kept right; nothing on plain Kubernetes. */
export const azureStackCondition = ({ facts, endpointsProblem }: Situation): PartConditions =>
  facts.platform === 'OpenShift'
    ? {
        conditions: [
          endpointsProblem === undefined
            ? { ...TYPE, status: 'False', reason: 'AsExpected', message: '' }
            : { ...TYPE, status: 'True', reason: 'Error', message: endpointsProblem },
        ],
      }
    : { conditions: [] }

const TYPE = { type: 'AzureStackCloudControllerDegraded' } as const
