import type { JsonObject, JsonValue } from '@bufbuild/protobuf';
import { create } from '@bufbuild/protobuf';
import type { MeshClient } from '@chancery/mesh-api/client';
import { type Change, ChangeSchema } from '@chancery/mesh-api/v1/changes';
import type { Write } from '../state/question.ts';

const kind = 'service-intentions';

/**
 * What to write so that one intention becomes another. An intention is part of the config entry of its destination,
 * which is read as a plan to delete it shows it: the rest of it stays as it is.
 */
export async function intentionChange(
  mesh: MeshClient,
  write: Write & { readonly kind: 'intention' },
  options: { readonly signal: AbortSignal },
): Promise<Change> {
  const key = { kind, name: write.destination };
  const { changes } = await mesh.changes.plan({ change: { deletions: [key] } }, options);
  const present = changes.find((each) => each.kind === kind && each.name === key.name)?.before;
  const sources = sourcesWith(present, write);
  if (sources.length === 0) {
    return create(ChangeSchema, present === undefined ? {} : { deletions: [key] });
  }
  const entry = { ...withoutIndexes(present), Kind: kind, Name: key.name, Sources: sources };
  return create(ChangeSchema, { entries: [{ entry, origin: 'chancery status' }] });
}

/** The sources of an entry with one of them changed, added or gone; permissions give way to an action. */
function sourcesWith(
  present: JsonObject | undefined,
  { source, effect }: { readonly source: string; readonly effect: 'allow' | 'deny' | 'delete' },
): JsonValue[] {
  const given = present?.['Sources'];
  const sources = Array.isArray(given) ? given : [];
  const others = sources.filter((each) => nameOf(each) !== source);
  if (effect === 'delete') return others;
  const before = sources.find((each) => nameOf(each) === source);
  const { Permissions: _, Precedence: __, ...rest } = isObject(before) ? before : {};
  const changed = { ...rest, Name: source, Action: effect };
  return before === undefined
    ? [...sources, changed]
    : sources.map((each) => (each === before ? changed : each));
}

/** What the agent tells of an entry and does not take back. */
function withoutIndexes(present: JsonObject | undefined): JsonObject {
  const { CreateIndex: _, ModifyIndex: __, Hash: ___, ...rest } = present ?? {};
  return rest;
}

function nameOf(source: JsonValue): JsonValue | undefined {
  return isObject(source) ? source['Name'] : undefined;
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
