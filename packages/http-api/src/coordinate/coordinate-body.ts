import { type Coordinate, dimensions, type NodeCoordinate } from '@chancery/catalog';
import { failure, type Reply } from '../reply.ts';

/** The place of a node as a body has it, or the answer that says what is wrong with it. */
export type CoordinateBody =
  | { readonly ok: true; readonly value: NodeCoordinate }
  | { readonly ok: false; readonly reply: Reply };

const keys = new Set(['Datacenter', 'Node', 'Segment', 'Partition', 'Coord']);
const placeKeys = new Set(['Vec', 'Error', 'Adjustment', 'Height']);

/** Reads the body of `/v1/coordinate/update`. */
export function decodeCoordinate(body: unknown): CoordinateBody {
  const fields = objectOf(body);
  const place = objectOf(fields?.['Coord']);
  const unknown = [
    ...Object.keys(fields ?? {}).filter((key) => !keys.has(key)),
    ...Object.keys(place ?? {}).filter((key) => !placeKeys.has(key)),
  ];
  if (unknown.length > 0) return wrong(`json: unknown field "${unknown[0]}"`);
  const node = fields?.['Node'];
  if (typeof node !== 'string' || node === '') return wrong('Node: expected the name of a node');
  if ((fields?.['Segment'] ?? '') !== '') {
    return wrong('Segment: there are no network segments here, leave it away');
  }
  const coordinate = placeOf(place ?? {});
  if (typeof coordinate === 'string') {
    return { ok: false, reply: failure(400, `incompatible coordinate: ${coordinate}`) };
  }
  return { ok: true, value: { node, coordinate } };
}

function wrong(what: string): CoordinateBody {
  return { ok: false, reply: failure(400, `Request decode failed: ${what}`) };
}

type Fields = Readonly<Record<string, unknown>>;

function objectOf(value: unknown): Fields | undefined {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? (value as Fields) : undefined;
}

function placeOf(fields: Fields): Coordinate | string {
  const vec: unknown = fields['Vec'];
  if (!Array.isArray(vec) || vec.length !== dimensions || !vec.every(isNumber)) {
    return `Coord.Vec must hold ${dimensions} numbers`;
  }
  const { Error: error = 0, Adjustment: adjustment = 0, Height: height = 0 } = fields;
  if (!isNumber(error)) return 'Coord.Error must be a number';
  if (!isNumber(adjustment)) return 'Coord.Adjustment must be a number';
  if (!isNumber(height)) return 'Coord.Height must be a number';
  return { vec, error, adjustment, height };
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
