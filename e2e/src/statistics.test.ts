import { demoMesh } from '@chancery/testing';
import { expect, test } from 'vitest';
import { describeWithEnvoy } from './with-envoy.ts';

describeWithEnvoy('statistics', () => {
  test('carry the labels that dashboards for sidecars select by', async () => {
    await using mesh = await demoMesh();
    await mesh.connected();
    const page = await mesh.web.sidecar.admin.page('/stats/prometheus');
    const line = (metric: string, label: string): string =>
      page.split('\n').find((each) => each.startsWith(`${metric}{`) && each.includes(label)) ?? '';

    const cluster = line('envoy_cluster_upstream_cx_total', 'consul_destination_service="db"');
    expect(cluster).toContain('consul_destination_datacenter="dc1"');
    expect(cluster).toContain('consul_destination_namespace="default"');
    expect(cluster).toContain('consul_destination_target="db.default.dc1"');
    expect(cluster).toContain('consul_source_service="web"');
    expect(cluster).toContain('local_cluster="web"');

    const listener = line('envoy_tcp_downstream_cx_total', 'consul_upstream_service="db"');
    expect(listener).toContain('consul_upstream_datacenter="dc1"');
  });
});
