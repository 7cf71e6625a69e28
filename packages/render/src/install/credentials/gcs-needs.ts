import type { Needs } from './needs'

/** What the requests of the driver for Google Cloud Storage take; see "IAM permissions for JSON methods" of Google. */
export const gcsDriverNeeds: Needs = {
  'oauth2.token': [],
  'sts.token': [],
  // Granted on the service account that is impersonated, to whom it is impersonated by.
  'iamcredentials.generateAccessToken': [],
  'storage.buckets.get': ['storage.buckets.get'],
  'storage.buckets.insert': ['storage.buckets.create'],
  'storage.buckets.patch': ['storage.buckets.update'],
  'storage.buckets.delete': ['storage.buckets.delete'],
  'storage.objects.list': ['storage.objects.list'],
  'storage.objects.delete': ['storage.objects.delete'],
  'effectiveTags.list': [
    'storage.buckets.listEffectiveTags',
    'resourcemanager.tagValues.get',
    'resourcemanager.tagValues.list',
  ],
  'tagBindings.create': [
    'storage.buckets.createTagBinding',
    'resourcemanager.tagValueBindings.create',
  ],
  'operations.get': [],
}

/** What the requests of the registry to Google Cloud Storage take. */
export const gcsRegistryNeeds: Needs = {
  'storage.objects.list': ['storage.objects.list'],
  'storage.objects.get': ['storage.objects.get'],
  // Writing over an object is deleting the former one.
  'storage.objects.insert': ['storage.objects.create', 'storage.objects.delete'],
  'storage.objects.rewrite': [
    'storage.objects.get',
    'storage.objects.create',
    'storage.objects.delete',
  ],
  'storage.objects.delete': ['storage.objects.delete'],
}
