import type { InstalledServer } from '../installed/installed-server'

/** What it takes to talk to a server as somebody. */
export type S3Access = Readonly<{
  endpoint: string
  region: string
  accessKey: string
  secretKey: string
  /** PEM of the authority that signed its certificate; undefined without TLS. */
  authorities: string | undefined
}>

/** A server of the S3 API on 127.0.0.1; the access is that of somebody who may do everything. */
export type S3Server = S3Access & InstalledServer
