import type { JsonObject } from '../proxy.ts';
import { anything, bool, type Codec, words } from './codec.ts';
import { each, inside, type Tell } from './problem.ts';
import { always, filled, shape } from './shape.ts';

/** An extension that changes what a proxy is sent. */
export interface EnvoyExtension {
  readonly name: string;
  readonly required: boolean;
  /** As it was declared: each extension has its own keys. */
  readonly arguments?: JsonObject;
  readonly consulVersion?: string;
  readonly envoyVersion?: string;
}

/** Reads and prints an extension. */
export const envoyExtension: Codec<EnvoyExtension> = shape<EnvoyExtension>({
  name: always(words, ''),
  required: always(bool, false),
  arguments: filled(anything, { blank: null }),
  consulVersion: filled(words, { blank: '' }),
  envoyVersion: filled(words, { blank: '' }),
});

/** The extensions of a community Consul. */
const builtIn = new Set([
  'builtin/aws/lambda',
  'builtin/ext-authz',
  'builtin/lua',
  'builtin/otel-access-logging',
  'builtin/property-override',
  'builtin/wasm',
]);

/** Refuses extensions that there are not. Their arguments are for those who carry them out. */
export function checkExtensions(extensions: readonly EnvoyExtension[], tell: Tell): void {
  each(extensions, tell, 'envoyExtensions', ({ name, consulVersion, envoyVersion }, at, index) => {
    const place = `invalid EnvoyExtensions[${index}]`;
    if (name === '') at(['name'], `${place}: Name is required`);
    else if (!builtIn.has(name)) {
      at(['name'], `${place}[${name}]: name "${name}" is not a built-in extension`);
    }
    checkConstraint(consulVersion, `${place}.ConsulVersion`, inside(at, 'consulVersion'));
    checkConstraint(envoyVersion, `${place}.EnvoyVersion`, inside(at, 'envoyVersion'));
  });
}

/** Bounds of a version such as `>= 1.2, < 2`. */
function checkConstraint(constraint: string | undefined, place: string, tell: Tell): void {
  const bounds = constraint?.split(',') ?? [];
  const wrong = bounds.find(
    (bound) => !/^ *(?:[=<>]|!=|>=|<=|~>)? *v?\d+(?:\.\d+)*(?:[-+][\w.+-]+)? *$/.test(bound),
  );
  if (wrong !== undefined) tell([], `${place}: Malformed constraint: ${wrong}`);
}
