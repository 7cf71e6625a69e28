import type { Grant } from './credentials-request'

/** A bucket, its tags and what is in it. */
export const gcpGrant: Grant = {
  name: 'openshift-image-registry-gcs',
  provider: 'GCPProviderSpec',
  fields: {
    permissions: [
      'storage.buckets.create',
      'storage.buckets.delete',
      'storage.buckets.get',
      'storage.buckets.list',
      'storage.buckets.createTagBinding',
      'storage.buckets.listEffectiveTags',
      'storage.objects.create',
      'storage.objects.delete',
      'storage.objects.get',
      'storage.objects.list',
      'resourcemanager.tagValueBindings.create',
      'resourcemanager.tagValues.get',
      'resourcemanager.tagValues.list',
    ],
    skipServiceCheck: true,
  },
  tokens: true,
}
