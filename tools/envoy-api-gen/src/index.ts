export { ensureEnvoyApi, type GenerationPlace } from './ensure-envoy-api.ts';
