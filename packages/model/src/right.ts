/** What is read or written, in the words of Consul's ACL rules. */
type Resource =
  | 'acl'
  | 'agent'
  | 'event'
  | 'intention'
  | 'key'
  | 'mesh'
  | 'node'
  | 'operator'
  | 'peering'
  | 'query'
  | 'service'
  | 'session';

/** What a caller must be allowed to do; `anyone` is a decision too: the answer holds nothing worth keeping. */
export type Right = 'anyone' | `${Resource}:${'read' | 'write'}`;
