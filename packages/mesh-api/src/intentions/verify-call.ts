import type { MessageInitShape } from '@bufbuild/protobuf';
import { type Assertion, type AssertionResult, type Claim, claimInWords } from '@chancery/verify';
import { Code, ConnectError, type HandlerContext } from '@connectrpc/connect';
import type {
  Assertion as AssertionMessage,
  AssertionResultSchema,
  VerifyRequest,
  VerifyResponseSchema,
} from '../../gen/chancery/mesh/v1/intentions_pb.ts';
import { requestedChange } from '../changes/requested-change.ts';
import { refused } from '../refused.ts';
import type { IntentionSource } from './intention-source.ts';

/** The call that holds the mesh to assertions, over its source. */
export function verifyCall(
  source: IntentionSource,
): (
  request: VerifyRequest,
  context: Pick<HandlerContext, 'signal'>,
) => Promise<MessageInitShape<typeof VerifyResponseSchema>> {
  return async ({ assertions, change }, { signal }) => {
    const asked = allowedMany(assertions).map(assertionOf);
    const found = await source.verify(asked, change && requestedChange(change), signal);
    if (!found.ok) throw refused(found.refusal);
    const { revision, results, findings } = found.value;
    return {
      revision: BigInt(revision),
      results: results.map(resultMessage),
      findings: [...findings],
    };
  };
}

/** Each takes the agent a moment, and what breaks it may be long. */
const mostAssertions = 5000;

function allowedMany(assertions: readonly AssertionMessage[]): readonly AssertionMessage[] {
  if (assertions.length <= mostAssertions) return assertions;
  const asked = `${assertions.length} are more than the ${mostAssertions}`;
  throw invalid(`assertions: ${asked} that are looked at together: ask in parts`);
}

function assertionOf({ position, name, claim }: AssertionMessage, at: number): Assertion {
  const where = position === '' ? `assertions[${at}]` : position;
  if (claim.case === undefined) {
    throw invalid(`${where}: it claims nothing: set never, reachable or only`);
  }
  const { transitive } = claim.value;
  const said = claimOf(claim);
  const names =
    said.kind === 'only' ? [...said.sources, said.destination] : [said.source, said.destination];
  if (names.length < 2 || names.includes('')) {
    throw invalid(
      `${where}: ${said.kind} needs both ends: a source and a destination, each a service or *`,
    );
  }
  return { position: where, ...(name !== '' && { name }), claim: said, transitive };
}

function claimOf(claim: Exclude<AssertionMessage['claim'], { case: undefined }>): Claim {
  if (claim.case === 'only') {
    const { sources, destination } = claim.value;
    return { kind: 'only', sources, destination };
  }
  const { source, destination } = claim.value;
  return { kind: claim.case, source, destination };
}

function invalid(message: string): ConnectError {
  return new ConnectError(message, Code.InvalidArgument);
}

function resultMessage({
  assertion,
  counterexamples,
  ...result
}: AssertionResult): MessageInitShape<typeof AssertionResultSchema> {
  return {
    ...result,
    position: assertion.position,
    name: assertion.name ?? '',
    claim: claimInWords(assertion),
    counterexamples: [...counterexamples],
  };
}
