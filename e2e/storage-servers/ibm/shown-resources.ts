import { COS_SERVICE, type IbmAccount, type IbmInstance, type IbmKey } from './ibm-account'
import type { IbmManners } from './ibm-manners'

/** An instance in the words of the resource controller. */
export const shownInstance = (account: IbmAccount, instance: IbmInstance): unknown => ({
  id: instance.crn,
  guid: instance.guid,
  url: `/v2/resource_instances/${instance.guid}`,
  created_at: instance.createdAt,
  updated_at: instance.createdAt,
  deleted_at: null,
  created_by: instance.createdBy,
  updated_by: '',
  deleted_by: '',
  name: instance.name,
  region_id: 'global',
  account_id: account.id,
  resource_plan_id: instance.planId,
  resource_group_id: instance.resourceGroupId,
  resource_group_crn: `crn:v1:bluemix:public:resource-controller::a/${account.id}::resource-group:${instance.resourceGroupId}`,
  target_crn: 'crn:v1:bluemix:public:globalcatalog::::deployment:bluemix-global',
  parameters: instance.parameters,
  crn: instance.crn,
  state: instance.state,
  type: 'service_instance',
  resource_id: COS_SERVICE,
  last_operation: {
    type: 'create',
    state: instance.state === 'provisioning' ? 'in progress' : 'succeeded',
    async: false,
    description: '',
    cancelable: false,
    poll: false,
  },
  resource_keys_url: `/v2/resource_instances/${instance.guid}/resource_keys`,
  plan_history: [{ resource_plan_id: instance.planId, start_date: instance.createdAt }],
  migrated: false,
  locked: false,
})

const credentials = ({ hmac, role, name: keyName, instanceCrn, crn }: IbmKey): unknown => ({
  apikey: 'not-used-here',
  ...(hmac === undefined
    ? {}
    : { cos_hmac_keys: { access_key_id: hmac.id, secret_access_key: hmac.secret } }),
  endpoints: 'https://control.cloud-object-storage.cloud.ibm.com/v2/endpoints',
  iam_apikey_description: `Auto-generated for key ${crn}`,
  iam_apikey_name: keyName,
  iam_role_crn: role,
  iam_serviceid_crn: 'crn:v1:bluemix:public:iam-identity::a/0::serviceid:ServiceId-0',
  resource_instance_id: instanceCrn,
})

/** A key in the words of the resource controller. */
export const shownKey = (account: IbmAccount, key: IbmKey, manners: IbmManners): unknown => ({
  id: key.crn,
  guid: key.guid,
  url: `/v2/resource_keys/${key.guid}`,
  created_at: key.createdAt,
  updated_at: key.createdAt,
  deleted_at: null,
  created_by: key.createdBy,
  updated_by: '',
  deleted_by: '',
  source_crn: key.instanceCrn,
  name: key.name,
  role: key.role,
  parameters: { ...key.parameters, role_crn: key.role },
  crn: key.crn,
  state: key.state,
  account_id: account.id,
  resource_group_id: account.instances.find(({ crn }) => crn === key.instanceCrn)?.resourceGroupId,
  resource_id: COS_SERVICE,
  onetime_credentials: false,
  credentials: manners.showsCredentials ? credentials(key) : { REDACTED: 'REDACTED' },
  iam_compatible: true,
  migrated: false,
})
