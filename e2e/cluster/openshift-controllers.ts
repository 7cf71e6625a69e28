import { startRouter } from './simulated-router'
import { startServiceCa } from './simulated-service-ca'
import type { KubeconfigSource, Simulation } from './simulation'

/**
 * Plays the controllers of OpenShift that an image registry lives from: the router, which admits
 * Routes, and service-ca, which makes certificates for Services.
 *
 * Assumptions: the facts are loaded. In the audit log they are the users, and the user agents,
 * `simulated-router` and `simulated-service-ca`.
 */
export const startOpenshiftControllers = async (
  controlPlane: KubeconfigSource,
): Promise<Simulation> => {
  const all = await Promise.all([startRouter(controlPlane), startServiceCa(controlPlane)])
  return {
    stop: async () => {
      await Promise.all(all.map((simulation) => simulation.stop()))
    },
  }
}
