/** What roles are called that people make of what is printed. */
export const ROLE_TITLE = 'OpenShift image registry'

/** What such roles are for. */
export const ROLE_PURPOSE = 'What the image registry and its operator do in the storage of images'
