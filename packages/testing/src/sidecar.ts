import {
  type BuiltinSidecar,
  type BuiltinSidecarOptions,
  builtinSidecar,
} from './builtin-sidecar.ts';
import { type EnvoySidecar, type EnvoySidecarOptions, envoySidecar } from './envoy-sidecar.ts';

/** The sidecars of each plane. */
interface Sidecars {
  readonly envoy: EnvoySidecar;
  readonly builtin: BuiltinSidecar;
}

/** What a mesh is made of: real Envoys, or the built-in proxy. */
export type Plane = keyof Sidecars;

/** A sidecar that was started by the real command line; on a plane that is not known, only what all planes have. */
export type Sidecar<P extends Plane = 'envoy'> = Sidecars[P];

/** Which sidecar to run, and how. */
export type SidecarOptions = EnvoySidecarOptions | BuiltinSidecarOptions;

/** Starts a sidecar and waits until it serves. */
export function sidecar(options: EnvoySidecarOptions): Promise<Sidecar>;
export function sidecar(options: BuiltinSidecarOptions): Promise<Sidecar<'builtin'>>;
export function sidecar(options: SidecarOptions): Promise<Sidecar<Plane>>;
export function sidecar(options: SidecarOptions): Promise<Sidecar<Plane>> {
  return options.plane === 'builtin' ? builtinSidecar(options) : envoySidecar(options);
}
