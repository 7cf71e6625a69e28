/** Kinds that stand in for Routes on plain Kubernetes. */
export type ExposureKind = 'Ingress' | 'HTTPRoute' | 'BackendTLSPolicy'
