export { duration, encode, pack } from './encode.ts';
export { readableResource } from './readable-resource.ts';
export { registry } from './registry.ts';
export { type ResourceTypeUrl, typeUrlOf, typeUrls } from './type-urls.ts';
export { withoutPrivateKeys } from './without-private-keys.ts';
