/** What the Deployment, the Service, the budget and the network policy know the registry's pods by. */
export const registryLabels = { 'docker-registry': 'default' } as const

export const registrySelector = { matchLabels: registryLabels } as const
