import { type Coordinate, dimensions, type NodeCoordinate } from '@chancery/catalog';
import type { Issue } from '@chancery/model';
import { failure, type Reply } from '../reply.ts';
import { type Fields, fieldsOf, text } from '../request/fields.ts';
import { undecodable } from '../request/undecodable.ts';

/** The place of a node as a body has it, or the answer that says what is wrong with it. */
export type CoordinateBody =
  | { readonly ok: true; readonly value: NodeCoordinate }
  | { readonly ok: false; readonly reply: Reply };

const keys = {
  Datacenter: 'text',
  Node: 'any',
  Segment: 'any',
  Partition: 'text',
  Coord: 'any',
} as const;
const placeKeys = { Vec: 'any', Error: 'any', Adjustment: 'any', Height: 'any' } as const;

/** Reads the body of `/v1/coordinate/update`. */
export function decodeCoordinate(body: unknown): CoordinateBody {
  const issues: Issue[] = [];
  const fields = fieldsOf(body, keys, [], issues);
  const place = fieldsOf(fields['Coord'] ?? {}, placeKeys, ['Coord'], issues);
  if (issues.length > 0) return { ok: false, reply: undecodable(issues) };
  const node = text(fields['Node']);
  if (node === '') return wrong('Node: expected the name of a node');
  if ((fields['Segment'] ?? '') !== '') {
    return wrong('Segment: there are no network segments here, leave it away');
  }
  const coordinate = placeOf(place);
  if (typeof coordinate === 'string') {
    return { ok: false, reply: failure(400, `incompatible coordinate: ${coordinate}`) };
  }
  return { ok: true, value: { node, coordinate } };
}

function wrong(what: string): CoordinateBody {
  return { ok: false, reply: failure(400, `Request decode failed: ${what}`) };
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
