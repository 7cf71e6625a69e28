import { aString, lenient, listOf } from '../../manifest/lenient'

const PAIRS = listOf(lenient({ key: aString, value: aString }))
const ENDPOINTS = listOf(lenient({ name: aString, url: aString }))

const PLATFORM_STATUS = lenient({
  type: aString,
  aws: lenient({ region: aString, serviceEndpoints: ENDPOINTS, resourceTags: PAIRS }),
  azure: lenient({ resourceGroupName: aString, cloudName: aString, resourceTags: PAIRS }),
  gcp: lenient({
    region: aString,
    projectID: aString,
    resourceLabels: PAIRS,
    resourceTags: listOf(lenient({ parentID: aString, key: aString, value: aString })),
  }),
  ibmcloud: lenient({
    location: aString,
    resourceGroupName: aString,
    serviceEndpoints: ENDPOINTS,
  }),
  powervs: lenient({ region: aString, resourceGroup: aString, serviceEndpoints: ENDPOINTS }),
  openstack: lenient({ cloudName: aString }),
})

/** What is read of `infrastructures.config.openshift.io/cluster`. */
export const Infrastructure = lenient({
  status: lenient({
    platformStatus: PLATFORM_STATUS,
    infrastructureName: aString,
    infrastructureTopology: aString,
    controlPlaneTopology: aString,
  }),
})
