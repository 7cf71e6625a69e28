/**
 * The addresses of a node. Every node is alone in its network namespace, so they are the same for all. The supervisor
 * (programs/supervisor/init.go) gives the first three to the node's loopback interface.
 */

/** Of the node itself: the kubelet, and pods in the network of the node. */
export const NODE_ADDRESS = '10.128.255.1'

/** Of this machine, as the node and its pods see it: where its exposed ports are. */
export const HOST_ADDRESS = '10.128.255.2'

/** Where CoreDNS listens; pods ask it by the address of its Service. */
export const NAME_SERVER_ADDRESS = '10.128.255.3'

/** The address of the Service that pods ask for names. */
export const NAME_SERVICE_ADDRESS = '10.0.0.10'

/** Where pods have their addresses. */
export const POD_RANGE = '10.128.0.0/20'

export const CLUSTER_DOMAIN = 'cluster.local'

/** Where the API server is found in the node, behind the Service `kubernetes`. */
export const API_SERVER_PORT = 6443
