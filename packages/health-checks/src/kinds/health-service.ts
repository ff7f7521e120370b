import { create, createFileRegistry, type DescMethodUnary } from '@bufbuild/protobuf';
import {
  FileDescriptorProtoSchema,
  FieldDescriptorProto_Label as Label,
  FieldDescriptorProto_Type as Type,
} from '@bufbuild/protobuf/wkt';

/** `grpc/health/v1/health.proto`, as far as a check needs it. */
const file = create(FileDescriptorProtoSchema, {
  name: 'grpc/health/v1/health.proto',
  package: 'grpc.health.v1',
  syntax: 'proto3',
  messageType: [
    { name: 'HealthCheckRequest', field: [scalar('service', Type.STRING)] },
    // An enum on the wire is a number, and is read as one: a status that is not known has a name too.
    { name: 'HealthCheckResponse', field: [scalar('status', Type.INT32)] },
  ],
  service: [
    {
      name: 'Health',
      method: [
        {
          name: 'Check',
          inputType: '.grpc.health.v1.HealthCheckRequest',
          outputType: '.grpc.health.v1.HealthCheckResponse',
        },
      ],
    },
  ],
});

function scalar(name: string, type: Type) {
  return { name, jsonName: name, number: 1, type, label: Label.OPTIONAL };
}

/** The method that tells whether a service is served. */
export function healthCheckMethod(): DescMethodUnary {
  const service = createFileRegistry(file, () => undefined).getService('grpc.health.v1.Health');
  return service?.method['check'] as DescMethodUnary;
}

const statuses = ['UNKNOWN', 'SERVING', 'NOT_SERVING', 'SERVICE_UNKNOWN'];

/** The name of a status in an answer. */
export function statusName(answer: object): string {
  const { status = 0 } = answer as { readonly status?: number };
  return statuses[status] ?? String(status);
}
