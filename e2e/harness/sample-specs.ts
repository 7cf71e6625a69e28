/** Specs of a Config that work, for the tests to start from. */
export const onEmptyDir = {
  managementState: 'Managed',
  replicas: 2,
  defaultRoute: true,
  storage: { emptyDir: {} },
}

/** The claim is made by the operator, under its default name. */
export const onDefaultClaim = {
  managementState: 'Managed',
  replicas: 2,
  defaultRoute: true,
  storage: { pvc: {} },
}
