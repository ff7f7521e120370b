import { type Check, checks, type Instance, instances, type Node, nodes } from '@chancery/catalog';
import { type IntentionDeadline, intentionDeadlines } from '@chancery/config-entries';
import { agentService } from '@chancery/http-api';
import { encodeCheck } from '@chancery/model';
import { type ShownTable, showing } from '@chancery/plan';

/** Where the rows of an agent's tables stand. */
export interface ShownWhere {
  readonly datacenter: string;
  /** The agent's own node: what is on another is told with it. */
  readonly node: string;
}

/** How the rows of an agent are shown that are no config entries; those of tables that are not here, as they are stored. */
export function shownTables(where: ShownWhere): readonly ShownTable[] {
  return [
    showing(nodes, shownNode),
    showing(instances, (row) => shownInstance(row, where)),
    showing(checks, (row) => shownCheck(row, where)),
    showing(intentionDeadlines, shownDeadline),
  ];
}

function shownNode({ id, node, address, datacenter, taggedAddresses, meta }: Node) {
  const json = {
    ID: id,
    Node: node,
    Address: address,
    Datacenter: datacenter,
    TaggedAddresses: taggedAddresses,
    Meta: meta,
  };
  return { kind: 'node', name: node, json };
}

function shownInstance({ node, service }: Instance, where: ShownWhere) {
  return {
    kind: 'service',
    name: placed(service.id, node, where),
    also: [service.id, service.name],
    json: { Node: node, ...agentService(service, where.datacenter) },
  };
}

/** What a check sends, and what a script is given, may hold a password. */
const confidential = ['Header', 'Body', 'Args', 'HTTP'];

function shownCheck(check: Check, where: ShownWhere) {
  const { node, checkId, serviceId } = check;
  return {
    kind: 'check',
    name: placed(checkId, node, where),
    also: [checkId],
    json: { Node: node, ServiceID: serviceId, ...encodeCheck(check) },
    hidden: confidential.filter((key) => key !== 'HTTP' || holdsMore(check)),
  };
}

/** Whether a URL has more than a host and a path. */
function holdsMore({ probe }: Check): boolean {
  return probe.kind === 'http' && /[@?#]/.test(probe.url);
}

function placed(name: string, node: string, where: ShownWhere): string {
  return node === where.node ? name : `${node}/${name}`;
}

function shownDeadline({ source, destination, endsAtMs, ttl, by }: IntentionDeadline) {
  const json = {
    SourceName: source,
    DestinationName: destination,
    EndsAt: new Date(endsAtMs).toISOString(),
    TTL: ttl,
    By: by,
  };
  const name = `${source} => ${destination}`;
  return { kind: 'intention-deadline', name, also: [source, destination], json };
}
