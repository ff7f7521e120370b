import { agentCheckRoutes } from './agent/agent-checks.ts';
import { agentHealthRoutes } from './agent/agent-health.ts';
import { agentSelfRoutes } from './agent/agent-self.ts';
import { agentServiceRoutes } from './agent/agent-services.ts';
import { hostRoutes } from './agent/host.ts';
import { joinRoutes } from './agent/join.ts';
import { maintenanceRoutes } from './agent/maintenance.ts';
import { memberRoutes } from './agent/members.ts';
import { metricsRoutes } from './agent/metrics.ts';
import { monitorRoutes } from './agent/monitor.ts';
import { serviceRegisterRoutes } from './agent/service-register.ts';
import { catalogReadRoutes } from './catalog/catalog-reads.ts';
import { catalogWriteRoutes } from './catalog/catalog-writes.ts';
import { configReadRoutes } from './config/config-reads.ts';
import { configWriteRoutes } from './config/config-writes.ts';
import { authorizeRoutes } from './connect/authorize.ts';
import { caConfigurationRoutes } from './connect/ca-configuration.ts';
import { certificateRoutes } from './connect/certificates.ts';
import { coordinateRoutes } from './coordinate/coordinate-routes.ts';
import { discoveryChainRoutes } from './discovery-chain/discovery-chain-routes.ts';
import { gatewayRoutes } from './gateways/gateway-routes.ts';
import { healthReadRoutes } from './health/health-reads.ts';
import { decisionRoutes } from './intentions/decision-routes.ts';
import { intentionRoutes } from './intentions/intention-routes.ts';
import { notBuiltRoutes } from './not-built.ts';
import { serverRoutes } from './operator/servers.ts';
import { statusRoutes } from './operator/status.ts';
import { usageRoutes } from './operator/usage.ts';
import { peeringRoutes } from './peering/peering-routes.ts';
import type { Route } from './route.ts';
import { catalogOverviewRoutes } from './ui/catalog-overview.ts';
import { serviceTopologyRoutes } from './ui/service-topology.ts';
import { uiNodeRoutes } from './ui/ui-nodes.ts';
import { uiServiceRoutes } from './ui/ui-services.ts';

/** Every route there is. The router is built from this table, and whatever lists the API reads it. */
export const routes: readonly Route[] = [
  ...agentSelfRoutes,
  ...memberRoutes,
  ...joinRoutes,
  ...hostRoutes,
  ...metricsRoutes,
  ...monitorRoutes,
  ...agentServiceRoutes,
  ...serviceRegisterRoutes,
  ...agentCheckRoutes,
  ...agentHealthRoutes,
  ...maintenanceRoutes,
  ...authorizeRoutes,
  ...certificateRoutes,
  ...caConfigurationRoutes,
  ...catalogReadRoutes,
  ...catalogWriteRoutes,
  ...healthReadRoutes,
  ...decisionRoutes,
  ...intentionRoutes,
  ...configReadRoutes,
  ...configWriteRoutes,
  ...discoveryChainRoutes,
  ...gatewayRoutes,
  ...statusRoutes,
  ...usageRoutes,
  ...serverRoutes,
  ...coordinateRoutes,
  ...peeringRoutes,
  ...uiServiceRoutes,
  ...uiNodeRoutes,
  ...serviceTopologyRoutes,
  ...catalogOverviewRoutes,
  ...notBuiltRoutes,
];
