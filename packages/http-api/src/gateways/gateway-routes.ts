import { failure, json } from '../reply.ts';
import { consistentRead, type Route, reading } from '../route.ts';
import { exportedService, exportedServices } from './exported-services.ts';
import { gatewayServices } from './gateway-queries.ts';
import { gatewayService } from './gateway-service.ts';

/** Which services gateways serve, and which other clusters may use. */
export const gatewayRoutes: readonly Route[] = [
  consistentRead(
    '/v1/catalog/gateway-services/*',
    'service:read',
    ({ params: { '*': gateway = '' } }) =>
      gateway === ''
        ? failure(400, 'Missing gateway name')
        : reading(gatewayServices, gateway, (found) => json(found.map(gatewayService))),
  ),
  {
    method: 'GET',
    path: '/v1/exported-services',
    right: 'mesh:read',
    blocking: 'index',
    read: () => reading(exportedServices, '', (found) => json(found.map(exportedService))),
  },
];
