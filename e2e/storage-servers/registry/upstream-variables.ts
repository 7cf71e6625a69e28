import type { RegistryProgram } from './registry-program'

type Variables = Readonly<Record<string, string>>

/** The registry of OpenShift reads a file of credentials by a parameter of its own; others by AWS's variable. */
const forS3 = ({ REGISTRY_STORAGE_S3_CREDENTIALSCONFIGPATH: path }: Variables): Variables =>
  path === undefined
    ? {}
    : // What the file says of roles is read with the second one only.
      { AWS_SHARED_CREDENTIALS_FILE: path, AWS_SDK_LOAD_CONFIG: '1' }

/** Version 3 has to be told that an account key is meant to be used. */
const forAzure = (variables: Variables, program: RegistryProgram): Variables =>
  program === 'distribution-3' &&
  variables['REGISTRY_STORAGE_AZURE_ACCOUNTKEY'] !== undefined &&
  variables['REGISTRY_STORAGE_AZURE_CREDENTIALS_TYPE'] === undefined
    ? { REGISTRY_STORAGE_AZURE_CREDENTIALS_TYPE: 'shared_key' }
    : {}

/** What a registry needs beside a pod's variables because it is not the registry of OpenShift. */
export const upstreamVariables = (variables: Variables, program: RegistryProgram): Variables => ({
  ...forS3(variables),
  ...forAzure(variables, program),
})
