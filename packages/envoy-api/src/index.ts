export { duration, encode, pack } from './encode.ts';
export { registry } from './registry.ts';
export { type ResourceTypeUrl, typeUrlOf, typeUrls } from './type-urls.ts';
