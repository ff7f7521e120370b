import type { Member, ObjectNode, Position } from '@chancery/hcl';
import type { Assertion, Claim } from '../verification.ts';
import { type ClaimEnds, claimEnds, serviceName } from './claim-text.ts';
import { checkKeys, checkRepeats, flagOf, memberOf, type Report, textOf } from './rule-reader.ts';

const claimKinds = ['never', 'only', 'reachable'] as const;
const keys = [...claimKinds, 'to', 'transitive', 'name'];

/** What an `assert` block claims, or its mistakes. */
export function decodeAssertion(
  block: ObjectNode,
  label: string | undefined,
  report: Report,
): Omit<Assertion, 'position'> | undefined {
  checkKeys(block, keys, report);
  checkRepeats(block, report);
  const named = memberOf(block, 'name');
  const name = named === undefined ? label : textOf(named, report);
  const flag = memberOf(block, 'transitive');
  const transitive = flag === undefined ? false : flagOf(flag, report);
  const claim = decodeClaim(block, report);
  if (claim === undefined || transitive === undefined) return undefined;
  return { ...(name !== undefined && { name }), claim, transitive };
}

function decodeClaim(block: ObjectNode, report: Report): Claim | undefined {
  const given = claimKinds.flatMap((kind) => {
    const member = memberOf(block, kind);
    return member === undefined ? [] : [{ kind, member }];
  });
  const [first, second] = given;
  if (first === undefined) {
    const way =
      'write never = "web -> db", reachable = "web -> db", or only = ["web"] and to = "db"';
    return report(block.position, `this block claims nothing: ${way}`);
  }
  if (second !== undefined) {
    const both = `"${first.kind}" and "${second.kind}" stand in one block: write a block for each`;
    return report(second.member.keyPosition, both);
  }
  const ends = claimEnds(first.member, report);
  if (ends === undefined) return undefined;
  const destination = destinationOf(ends, first.member, memberOf(block, 'to'), report);
  if (destination === undefined) return undefined;
  return claimOf(first.kind, { ...ends, destination }, first.member.value.position, report);
}

function destinationOf(
  ends: ClaimEnds,
  claim: Member,
  to: Member | undefined,
  report: Report,
): string | undefined {
  if (to === undefined) {
    const message = 'the destination is missing: write "web -> db", or to = "db" beside it';
    return ends.destination ?? report(claim.value.position, message);
  }
  if (ends.destination !== undefined) {
    return report(to.keyPosition, 'the destination stands behind the arrow already: remove "to"');
  }
  const text = textOf(to, report);
  return text === undefined ? undefined : serviceName(text.trim(), to.value.position, report);
}

function claimOf(
  kind: Claim['kind'],
  { sources, destination }: Required<ClaimEnds>,
  position: Position,
  report: Report,
): Claim | undefined {
  if (kind === 'only') {
    if (!sources.includes('*')) return { kind, sources, destination };
    return report(position, '"only" any service is no claim: name those that may');
  }
  const [source = '', ...more] = sources;
  if (more.length === 0) return { kind, source, destination };
  return report(position, `"${kind}" speaks of one source: write a block for each`);
}
