import { aString, lenient, listOf, strings } from '../../manifest/lenient'

/** What is read of `proxies.config.openshift.io/cluster`: what the cluster uses, not what was asked for. */
export const Proxy = lenient({
  status: lenient({ httpProxy: aString, httpsProxy: aString, noProxy: aString }),
})

/** What is read of `images.config.openshift.io/cluster`. */
export const Image = lenient({
  spec: lenient({
    additionalTrustedCA: lenient({ name: aString }),
    imageStreamImportMode: aString,
  }),
  status: lenient({
    internalRegistryHostname: aString,
    externalRegistryHostnames: strings,
    imageStreamImportMode: aString,
  }),
})

/** What is read of `apiservers.config.openshift.io/cluster`. */
export const ApiServer = lenient({
  spec: lenient({
    tlsSecurityProfile: lenient({
      type: aString,
      custom: lenient({ ciphers: strings, minTLSVersion: aString }),
    }),
  }),
})

const GATES = listOf(lenient({ name: aString }))

/** What is read of `featuregates.config.openshift.io/cluster`. */
export const FeatureGate = lenient({
  status: lenient({
    featureGates: listOf(lenient({ version: aString, enabled: GATES, disabled: GATES })),
  }),
})

/** What is read of `clusterversions.config.openshift.io/version`. */
export const ClusterVersion = lenient({
  status: lenient({
    desired: lenient({ architecture: aString, version: aString }),
    history: listOf(lenient({ version: aString })),
  }),
})
