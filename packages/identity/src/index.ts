export { type ServiceRef, type Target, serviceKey, serviceRef } from './service-ref.ts';
